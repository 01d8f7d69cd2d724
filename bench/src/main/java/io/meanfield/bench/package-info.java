/**
 * The benchmarks of dev/bench. Each measures Meanfield and its baseline in the same run. Tests
 * check the arithmetic, not the measurements.
 *
 * <p>Start reading at {@link io.meanfield.bench.TrainersBenchmark}.
 */
package io.meanfield.bench;
