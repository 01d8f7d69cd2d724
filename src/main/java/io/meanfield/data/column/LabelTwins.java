package io.meanfield.data.column;

import io.meanfield.data.column.ColumnUse.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Finds columns that repeat what is to be predicted: their numbers are a multiple of the label's,
 * plus a constant, or their values and those of the label are the same under other names.
 *
 * @param label the use of the column to predict
 * @param values of the label in some rows; an empty text for a missing one
 */
public record LabelTwins(ColumnUse label, List<String> values) {
  private static final int LEAST_ROWS = 20;
  private static final int LEAST_OF_A_CLASS = 5;
  private static final double CORRELATION = 1 - 1e-9;

  /**
   * Returns how a column repeats the label; empty if it does not.
   *
   * @param others the values of the column in the same rows
   */
  public Optional<String> of(ColumnUse column, List<String> others) {
    if (column.role() != Role.NUMBER && column.role() != Role.CATEGORY) {
      return Optional.empty();
    }
    boolean isScale =
        new HashSet<>(values).size() >= LEAST_ROWS
            && label.role() == Role.NUMBER
            && column.role() == Role.NUMBER;
    if (isScale) {
      return areLinear(column, others)
          ? Optional.of("its correlation with %s is 1".formatted(label.column()))
          : Optional.empty();
    }
    return areNames(others)
        ? Optional.of("each of its values belongs to one of %s".formatted(label.column()))
        : Optional.empty();
  }

  private boolean areLinear(ColumnUse column, List<String> others) {
    double[][] pairs =
        IntStream.range(0, values.size())
            .mapToObj(
                i -> new OptionalDouble[] {number(label, i, values), number(column, i, others)})
            .filter(pair -> pair[0].isPresent() && pair[1].isPresent())
            .map(pair -> new double[] {pair[0].getAsDouble(), pair[1].getAsDouble()})
            .toArray(double[][]::new);
    return pairs.length >= LEAST_ROWS && Math.abs(correlation(pairs)) >= CORRELATION;
  }

  private static OptionalDouble number(ColumnUse use, int row, List<String> texts) {
    return use.form().parse(use.type(), texts.get(row));
  }

  private static double correlation(double[][] pairs) {
    double[] means = new double[2];
    for (double[] pair : pairs) {
      means[0] += pair[0] / pairs.length;
      means[1] += pair[1] / pairs.length;
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (double[] pair : pairs) {
      double x = pair[0] - means[0];
      double y = pair[1] - means[1];
      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  /** Returns whether labels and values are the same under other names, in both directions. */
  private boolean areNames(List<String> others) {
    Map<String, String> there = new HashMap<>();
    Map<String, String> back = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String label = values.get(i);
      String other = others.get(i);
      if (!label.isEmpty()) {
        boolean isNew = there.putIfAbsent(label, other) == null;
        boolean isOther = back.putIfAbsent(other, label) == null;
        if (isNew != isOther || !there.get(label).equals(other)) {
          return false;
        }
        counts.merge(label, 1, Integer::sum);
      }
    }
    return counts.values().stream().filter(count -> count >= LEAST_OF_A_CLASS).count() >= 2;
  }
}
