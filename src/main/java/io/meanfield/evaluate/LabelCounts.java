package io.meanfield.evaluate;

import java.io.Serializable;
import java.util.Arrays;

/** For each class or label: how many examples have it, how many were taken for it, and both. */
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

  void add(int label, boolean actual, boolean taken) {
    support[label] += actual ? 1 : 0;
    predicted[label] += taken ? 1 : 0;
    truePositives[label] += actual && taken ? 1 : 0;
  }

  void add(LabelCounts other) {
    for (int label = 0; label < support.length; label++) {
      support[label] += other.support[label];
      predicted[label] += other.predicted[label];
      truePositives[label] += other.truePositives[label];
    }
  }

  int labels() {
    return support.length;
  }

  /** Examples that have the label. */
  long support(int label) {
    return support[label];
  }

  /** Examples that were taken to have the label. */
  long predicted(int label) {
    return predicted[label];
  }

  /** Labels that were said and do not hold, or hold and were not said; of all examples. */
  long errors() {
    return Arrays.stream(support).sum()
        + Arrays.stream(predicted).sum()
        - 2 * Arrays.stream(truePositives).sum();
  }

  /** Share of the examples taken for the label that have it; 0 where there are none. */
  double precision(int label) {
    return share(truePositives[label], predicted[label]);
  }

  /** Share of the examples with the label that were taken for it; 0 where there are none. */
  double recall(int label) {
    return share(truePositives[label], support[label]);
  }

  /** Harmonic mean of precision and recall. */
  double f1(int label) {
    return share(2 * truePositives[label], predicted[label] + support[label]);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
