package io.meanfield.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often a class was taken for another; {@code counts[actual][predicted]}. */
final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[][] counts;

  ConfusionMatrix(int classes) {
    this.counts = new long[classes][classes];
  }

  void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  void add(ConfusionMatrix other) {
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
  }

  long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** The counts, a list for each actual class. */
  List<List<Long>> cells() {
    List<List<Long>> cells = new ArrayList<>();
    for (long[] row : counts) {
      cells.add(Arrays.stream(row).boxed().toList());
    }
    return List.copyOf(cells);
  }
}
