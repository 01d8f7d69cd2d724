package io.meanfield.gate;

import java.util.Arrays;
import java.util.List;

/**
 * The numbers of values between edges. Bin i contains the values above edge i - 1 and at most edge
 * i; the first and the last bin have no lower and no upper edge.
 *
 * @param edges the edges in ascending order
 * @param counts the number of values in each bin, one more than edges
 */
public record Histogram(List<Double> edges, List<Long> counts) {
  public Histogram {
    if (counts.size() != edges.size() + 1) {
      throw new IllegalArgumentException(
          "%s edges need %s counts, found %s"
              .formatted(edges.size(), edges.size() + 1, counts.size()));
    }
  }

  /** Returns the bin of a value. */
  static int bin(double[] edges, double value) {
    int index = Arrays.binarySearch(edges, value);
    return index >= 0 ? index : -index - 1;
  }

  long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  long[] countArray() {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
