/**
 * Metrics as accumulators: each accumulates the examples of a block of predictions, is merged with
 * those of the other blocks in the order of the blocks, and reports values under the names of their
 * columns. Does not use Spark.
 *
 * <p>Imports evaluate.interval and network. Start reading at {@link
 * io.meanfield.evaluate.metric.Metrics}, the list of all metrics, then {@link
 * io.meanfield.evaluate.metric.Metric}.
 */
package io.meanfield.evaluate.metric;
