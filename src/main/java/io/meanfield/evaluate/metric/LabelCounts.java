package io.meanfield.evaluate.metric;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts, for each class or label, the examples that have it, those for which it is predicted, and
 * those for which both is true.
 */
final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] support;
  private final long[] predicted;
  private final long[] truePositives;

  LabelCounts(int labels) {
    this.support = new long[labels];
    this.predicted = new long[labels];
    this.truePositives = new long[labels];
  }

  void add(PredictionBlock block, int row) {
    if (block.spec().isSingleLabel()) {
      addClass(block.actual(row), block.predicted(row));
    } else {
      addLabels(block, row);
    }
  }

  private void addClass(int actual, int predictedClass) {
    support[actual]++;
    predicted[predictedClass]++;
    truePositives[actual] += actual == predictedClass ? 1 : 0;
  }

  private void addLabels(PredictionBlock block, int row) {
    for (int label = 0; label < support.length; label++) {
      add(label, block.isActual(row, label), block.isPredicted(row, label));
    }
  }

  void add(int label, boolean actual, boolean isPredicted) {
    support[label] += actual ? 1 : 0;
    predicted[label] += isPredicted ? 1 : 0;
    truePositives[label] += actual && isPredicted ? 1 : 0;
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

  /** Returns the number of examples that have the label. */
  long support(int label) {
    return support[label];
  }

  /** Returns the number of examples for which the label is predicted. */
  long predicted(int label) {
    return predicted[label];
  }

  /**
   * Returns the number of wrong labels: predicted for an example without the label, or not
   * predicted for an example with it.
   */
  long errors() {
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

  private static double fraction(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
