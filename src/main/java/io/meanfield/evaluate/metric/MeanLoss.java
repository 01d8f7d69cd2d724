package io.meanfield.evaluate.metric;

import java.io.Serializable;

/** The mean of a network's loss over examples. */
final class MeanLoss implements Serializable {
  private static final long serialVersionUID = 1L;

  private long examples;
  private double sum;

  void add(PredictionBlock block, int row) {
    examples++;
    sum += block.loss(row);
  }

  void merge(MeanLoss other) {
    examples += other.examples;
    sum += other.sum;
  }

  long examples() {
    return examples;
  }

  /** Returns the mean loss; NaN if there are no examples. */
  double value() {
    return sum / examples;
  }
}
