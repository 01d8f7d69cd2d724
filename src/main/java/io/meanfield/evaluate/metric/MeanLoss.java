package io.meanfield.evaluate.metric;

import java.io.Serializable;

/** The weighted mean of a network's loss over examples. */
final class MeanLoss implements Serializable {
  private static final long serialVersionUID = 1L;

  private long examples;
  private double weight;
  private double sum;

  void add(PredictionBlock block, int row) {
    examples++;
    weight += block.weight(row);
    sum += block.weight(row) * block.loss(row);
  }

  void merge(MeanLoss other) {
    examples += other.examples;
    weight += other.weight;
    sum += other.sum;
  }

  long examples() {
    return examples;
  }

  /** Returns the sum of the weights of the examples. */
  double weight() {
    return weight;
  }

  /** Returns the weighted mean loss; NaN if there are no examples. */
  double value() {
    return sum / weight;
  }
}
