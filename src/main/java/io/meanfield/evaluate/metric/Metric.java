package io.meanfield.evaluate.metric;

import java.io.Serializable;

/**
 * Accumulates examples as sums and reports one or more values. A new metric accumulates each block
 * of predictions; the metrics of all blocks are merged into an empty one, in the order of the
 * blocks, so the bits of the values do not depend on the cluster.
 */
abstract class Metric implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The sums over all examples; 0 without examples. */
  final double[] sums;

  Metric(int sums) {
    this.sums = new double[sums];
  }

  /** Adds one example with its {@link PredictionBlock#weight}. */
  abstract void add(PredictionBlock block, int row);

  /** Adds the examples of another metric of this class, for the same outputs. */
  void merge(Metric other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
  }

  /** Reports the values over all examples that were added. */
  abstract void report(MetricReport report);
}
