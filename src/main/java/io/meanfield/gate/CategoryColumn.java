package io.meanfield.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The values of a column of categories, or the classes of a label.
 *
 * @param counts the number of examples of each value that the encoder knows, 0 included
 */
public record CategoryColumn(String name, Map<String, Long> counts) {
  // Rare values have too few examples for a comparison, as in a chi-squared test (Cochran 1954).
  private static final double RARE_SHARE = 0.01;

  /** Returns the value that occurs least often. */
  String rarest() {
    return counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Returns the values that occur. */
  List<String> present() {
    return counts.keySet().stream().filter(value -> counts.get(value) > 0).toList();
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  double share(String value) {
    return counts.getOrDefault(value, 0L) / (double) Math.max(1, total());
  }

  /** Returns the names of the values that are frequent in this column and, last, of all others. */
  List<String> namesByFrequentValue() {
    return Stream.concat(frequent(), Stream.of("others")).toList();
  }

  private Stream<String> frequent() {
    return counts.keySet().stream().filter(value -> share(value) >= RARE_SHARE);
  }

  /**
   * Returns the counts of the values that are frequent in this column and, last, of all others.
   *
   * @param of this column, or the same column of other data
   */
  long[] countsByFrequentValue(CategoryColumn of) {
    List<Long> bins = new ArrayList<>();
    frequent().forEach(value -> bins.add(of.counts.getOrDefault(value, 0L)));
    bins.add(of.total() - bins.stream().mapToLong(Long::longValue).sum());
    return bins.stream().mapToLong(Long::longValue).toArray();
  }
}
