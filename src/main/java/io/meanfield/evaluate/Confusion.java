package io.meanfield.evaluate;

import java.io.Serializable;
import java.util.Arrays;

/** How often a class was taken for another; {@code counts[actual][predicted]}. */
final class Confusion implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[][] counts;

  Confusion(int classes) {
    this.counts = new long[classes][classes];
  }

  void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  void add(Confusion other) {
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
  }

  int classes() {
    return counts.length;
  }

  long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Examples of the class. */
  long support(int actual) {
    return Arrays.stream(counts[actual]).sum();
  }

  /** Examples that were taken for the class. */
  long predicted(int predicted) {
    return Arrays.stream(counts).mapToLong(row -> row[predicted]).sum();
  }

  long correct() {
    long correct = 0;
    for (int i = 0; i < counts.length; i++) {
      correct += counts[i][i];
    }
    return correct;
  }

  long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** Share of the examples taken for the class that are of it; 0 where there are none. */
  double precision(int cls) {
    return share(counts[cls][cls], predicted(cls));
  }

  /** Share of the examples of the class that were taken for it; 0 where there are none. */
  double recall(int cls) {
    return share(counts[cls][cls], support(cls));
  }

  /** Harmonic mean of precision and recall. */
  double f1(int cls) {
    return share(2 * counts[cls][cls], predicted(cls) + support(cls));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
