/**
 * Benchmarks that dev/bench runs, every figure beside its yardstick in one run. Their own
 * arithmetic is tested; what they measure is not.
 *
 * <p>Start reading at {@link io.meanfield.bench.TrainersBenchmark}.
 */
package io.meanfield.bench;
