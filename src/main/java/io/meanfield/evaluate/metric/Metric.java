package io.meanfield.evaluate.metric;

import java.io.Serializable;

/**
 * Accumulates examples and reports one or more values. A new metric accumulates each block of
 * predictions; the metrics of all blocks are merged into an empty one, in the order of the blocks,
 * so the bits of the values do not depend on the cluster. Fractions are summed in double.
 *
 * @param <M> the metric's own class
 */
interface Metric<M> extends Serializable {
  /** Adds one example with its {@link PredictionBlock#weight}. */
  void add(PredictionBlock block, int row);

  /** Adds the examples of another metric of this class. */
  void merge(M other);

  /** Reports the values over all examples that were added. */
  void report(MetricReport report);
}
