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
  private static final int FEWEST_DIGITS = 3;
  private static final int MOST_DIGITS = 15;
  private static final double SHOWN_ERROR = 0.05;

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

  /** Returns the name of each bin, such as "18 to 22", with few digits. */
  List<String> names() {
    List<String> shown = shownEdges();
    List<String> names = new ArrayList<>(List.of("up to " + shown.get(0)));
    for (int i = 1; i < shown.size(); i++) {
      names.add(shown.get(i - 1) + " to " + shown.get(i));
    }
    names.add("above " + shown.get(shown.size() - 1));
    return names;
  }

  private List<String> shownEdges() {
    return IntStream.rangeClosed(FEWEST_DIGITS, MOST_DIGITS)
        .mapToObj(digits -> edges.stream().map(edge -> GateCheck.digits(edge, digits)).toList())
        .filter(this::areExact)
        .findFirst()
        .orElseGet(() -> edges.stream().map(String::valueOf).toList());
  }

  /** Returns whether edges are shown with an error that is small beside the width of a bin. */
  private boolean areExact(List<String> shown) {
    double narrowest =
        IntStream.range(1, edges.size())
            .mapToDouble(i -> edges.get(i) - edges.get(i - 1))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return IntStream.range(0, edges.size())
        .allMatch(
            i ->
                Math.abs(Double.parseDouble(shown.get(i)) - edges.get(i))
                    <= SHOWN_ERROR * narrowest);
  }

  long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  long[] countArray() {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
