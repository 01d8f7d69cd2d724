package io.meanfield.evaluate.metric;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums, for each class or label, the weights of the examples that have it, of those for which it is
 * predicted, and of those for which both is true.
 */
final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] support;
  private final double[] predicted;
  private final double[] truePositives;

  LabelCounts(int labels) {
    this.support = new double[labels];
    this.predicted = new double[labels];
    this.truePositives = new double[labels];
  }

  /** Adds an example with a weight. */
  void add(PredictionBlock block, int row, double weight) {
    if (block.spec().isSingleLabel()) {
      addClass(block.actual(row), block.predicted(row), weight);
    } else {
      addLabels(block, row, weight);
    }
  }

  private void addClass(int actual, int predictedClass, double weight) {
    support[actual] += weight;
    predicted[predictedClass] += weight;
    truePositives[actual] += actual == predictedClass ? weight : 0;
  }

  private void addLabels(PredictionBlock block, int row, double weight) {
    for (int label = 0; label < support.length; label++) {
      add(label, block.isActual(row, label), block.isPredicted(row, label), weight);
    }
  }

  void add(int label, boolean actual, boolean isPredicted, double weight) {
    support[label] += actual ? weight : 0;
    predicted[label] += isPredicted ? weight : 0;
    truePositives[label] += actual && isPredicted ? weight : 0;
  }

  void merge(LabelCounts other) {
    for (int label = 0; label < support.length; label++) {
      support[label] += other.support[label];
      predicted[label] += other.predicted[label];
      truePositives[label] += other.truePositives[label];
    }
  }

  int labels() {
    return support.length;
  }

  /** Returns the weight of the examples that have the label. */
  double support(int label) {
    return support[label];
  }

  /** Returns the weight of the examples for which the label is predicted. */
  double predicted(int label) {
    return predicted[label];
  }

  /**
   * Returns the weight of the wrong labels: predicted for an example without the label, or not
   * predicted for an example with it.
   */
  double errors() {
    return Arrays.stream(support).sum()
        + Arrays.stream(predicted).sum()
        - 2 * Arrays.stream(truePositives).sum();
  }

  /**
   * Returns the fraction of the examples predicted to have the label that have it; 0 if there are
   * none.
   */
  double precision(int label) {
    return fraction(truePositives[label], predicted[label]);
  }

  /**
   * Returns the fraction of the examples with the label for which it is predicted; 0 if there are
   * none.
   */
  double recall(int label) {
    return fraction(truePositives[label], support[label]);
  }

  /** Returns the harmonic mean of precision and recall. */
  double f1(int label) {
    return fraction(2 * truePositives[label], predicted[label] + support[label]);
  }

  private static double fraction(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
