package io.meanfield.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers of values between edges. Bin i contains the values above edge i - 1 and at most edge
 * i; the first and the last bin have no lower and no upper edge.
 *
 * @param edges the edges in ascending order
 * @param counts the number of values in each bin, one more than edges
 */
public record Histogram(List<Double> edges, List<Long> counts) {
  private static final int THOUSAND = 1_000;
  private static final int MOST_DIGITS = 12;

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

  /** Returns the name of each bin, such as "18 to 22", with as few digits as tell bins apart. */
  List<String> names() {
    return IntStream.range(0, MOST_DIGITS)
        .mapToObj(this::names)
        .filter(names -> names.stream().distinct().count() == names.size())
        .findFirst()
        .orElseGet(() -> names(MOST_DIGITS));
  }

  private List<String> names(int more) {
    List<String> shown = edges.stream().map(edge -> shown(edge, more)).toList();
    List<String> names = new ArrayList<>(List.of("up to " + shown.get(0)));
    for (int i = 1; i < shown.size(); i++) {
      String lower = shown.get(i - 1);
      String upper = shown.get(i);
      names.add(lower.equals(upper) ? upper : lower + " to " + upper); // one value
    }
    names.add("above " + shown.get(shown.size() - 1));
    return names;
  }

  // The edge below 0 is the largest number below 0.
  private static String shown(double edge, int more) {
    double size = Math.abs(edge);
    return size < Double.MIN_NORMAL
        ? "0"
        : GateCheck.digits(edge, (size < THOUSAND ? 3 : 4) + more);
  }

  long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  long[] countArray() {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
