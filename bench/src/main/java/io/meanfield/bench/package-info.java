/**
 * The benchmarks of dev/bench and the study of bench/study. A benchmark that compares Meanfield
 * with a baseline measures both in the same run. Tests check the arithmetic, not the measurements.
 *
 * <p>Start reading at {@link io.meanfield.bench.TrainersBenchmark}.
 */
package io.meanfield.bench;
