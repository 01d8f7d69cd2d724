package io.meanfield.gate;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Counts the numbers of examples between given edges: the second pass over examples. */
final class HistogramCounts {
  private HistogramCounts() {}

  /**
   * Returns the histogram of each number of the layout.
   *
   * @param edges the edges for each number; several sets of edges may be counted in one pass, one
   *     after another, with as many elements as the layout has numbers each
   */
  static List<Histogram> of(Dataset data, ProfileLayout layout, double[][] edges) {
    if (edges.length == 0) {
      return List.of();
    }
    long[][] counts =
        data.blocks()
            .mapPartitions(blocks -> List.<long[][]>of(count(blocks, layout, edges)).iterator())
            .treeReduce(HistogramCounts::sum);
    return IntStream.range(0, edges.length)
        .mapToObj(i -> Histogram.of(edges[i], counts[i]))
        .toList();
  }

  private static long[][] count(Iterator<Examples> blocks, ProfileLayout layout, double[][] edges) {
    long[][] counts =
        Arrays.stream(edges).map(each -> new long[each.length + 1]).toArray(long[][]::new);
    ProfileRow values = new ProfileRow(layout);
    int numbers = layout.numbers().size();
    while (blocks.hasNext()) {
      Examples block = blocks.next();
      for (int row = 0; row < block.count(); row++) {
        values.read(block, row);
        for (int i = 0; i < edges.length; i++) {
          float value = values.number(i % numbers);
          if (!Float.isNaN(value)) { // a missing value is in no bin
            counts[i][Histogram.bin(edges[i], value)]++;
          }
        }
      }
    }
    return counts;
  }

  private static long[][] sum(long[][] one, long[][] other) {
    for (int i = 0; i < one.length; i++) {
      long[] counts = one[i];
      long[] added = other[i];
      Arrays.setAll(counts, bin -> counts[bin] + added[bin]);
    }
    return one;
  }
}
