package io.meanfield.gate;

import java.util.ArrayList;
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
          edges.size() + " edges need " + (edges.size() + 1) + " counts, found " + counts.size());
    }
  }

  static Histogram of(double[] edges, long[] counts) {
    return new Histogram(
        Arrays.stream(edges).boxed().toList(), Arrays.stream(counts).boxed().toList());
  }

  /** Returns the bin of a value. */
  static int bin(double[] edges, double value) {
    int index = Arrays.binarySearch(edges, value);
    return index >= 0 ? index : -index - 1;
  }

  /**
   * Returns the histogram in which each bin without values is merged with the next one. The first
   * and the last bin remain, because they will count values outside of this range in other data.
   */
  Histogram withoutEmptyBins() {
    List<Double> keptEdges = new ArrayList<>();
    List<Long> keptCounts = new ArrayList<>();
    for (int bin = 0; bin < counts.size(); bin++) {
      boolean outer = bin == 0 || bin == counts.size() - 1;
      if (outer || counts.get(bin) > 0) {
        keptCounts.add(counts.get(bin));
        edges.stream().skip(bin).limit(1).forEach(keptEdges::add);
      }
    }
    return new Histogram(keptEdges, keptCounts);
  }

  long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  double[] edgeArray() {
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  long[] countArray() {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
