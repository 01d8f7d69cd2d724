package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.TargetRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds numbers that a network sees as they are, and whose scale it cannot learn from. */
public final class UnscaledColumns {
  private static final double MAX_RATIO = 100;
  private static final double LARGE = 1e7; // above 2^23, floats lose what is behind the point

  private UnscaledColumns() {}

  /** The limits of the values of an input or a target. */
  private record Range(String name, double low, double high) {
    double width() {
      return high - low;
    }

    boolean isLarge() {
      return low <= high && Math.max(Math.abs(low), Math.abs(high)) > LARGE;
    }

    String text() {
      return String.format(Locale.ROOT, "%s (range %.3g)", name, width());
    }
  }

  /**
   * Returns a sentence about unscaled columns or targets with values of more than 1e7, and one if
   * the range of one unscaled number is more than {@value #MAX_RATIO} times that of another one.
   * Reads every example of a data set with unscaled columns.
   */
  public static List<String> notes(Dataset data) {
    List<Integer> inputs =
        data.encoder()
            .filter(encoder -> !data.hasImages())
            .map(encoder -> unscaledInputs(data.width(), encoder))
            .orElse(List.of());
    List<Range> columns = inputs.isEmpty() ? List.of() : ranges(data, inputs);
    return Stream.of(largeColumns(columns), largeTargets(data), ratio(columns))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Range> ranges(Dataset data, List<Integer> inputs) {
    float[][] limits =
        data.blocks().map(UnscaledColumns::limits).reduce(UnscaledColumns::enclosing);
    return inputs.stream()
        .map(input -> new Range(inputName(data, input), limits[0][input], limits[1][input]))
        .filter(range -> range.width() > 0)
        .sorted(Comparator.comparingDouble(Range::width))
        .toList();
  }

  private static List<String> largeColumns(List<Range> columns) {
    String large =
        columns.stream().filter(Range::isLarge).map(Range::name).collect(Collectors.joining(", "));
    return large.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "columns have very large values that are not scaled: %s; single precision tells"
                    + " them hardly apart and the network learns badly from them; set"
                    + " data.columns.scale = standard",
                large));
  }

  private static List<String> largeTargets(Dataset data) {
    return data.findings().targets().stream().anyMatch(TargetRange::isCoarse)
        ? List.of(
            "the targets have values beyond 1e7 that lie so close together that single precision"
                + " tells them hardly apart; subtract a constant from them")
        : List.of();
  }

  private static String inputName(Dataset data, int input) {
    return data.encoder().orElseThrow().inputNames(data.width()).get(input);
  }

  private static List<String> ratio(List<Range> sorted) {
    if (sorted.isEmpty()
        || sorted.get(sorted.size() - 1).width() <= MAX_RATIO * sorted.get(0).width()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "columns have very different scales, such as %s and %s, and are not scaled, so that a"
                + " network learns badly from them; set data.columns.scale = standard",
            sorted.get(0).text(),
            sorted.get(sorted.size() - 1).text()));
  }

  /** Returns the inputs that are numbers as they are; none if columns contain arrays. */
  private static List<Integer> unscaledInputs(int width, TableEncoder encoder) {
    int numbers = width - encoder.categoricalInputs();
    List<Integer> inputs = new ArrayList<>();
    int next = 0;
    for (FeatureColumn column : encoder.columns()) {
      if (isUnscaled(column)) {
        inputs.add(next);
      }
      next += column.inputs();
    }
    return next == numbers ? inputs : List.of();
  }

  private static boolean isUnscaled(FeatureColumn column) {
    return !column.type().isTime() && column.scaling().equals(ColumnScaling.NONE) && !column.log();
  }

  /** Returns the minimum and the maximum of each input. */
  private static float[][] limits(Examples block) {
    float[][] limits = new float[2][block.width()];
    Arrays.fill(limits[0], Float.POSITIVE_INFINITY);
    Arrays.fill(limits[1], Float.NEGATIVE_INFINITY);
    float[] values = new float[block.width()];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, values, 0);
      enclose(limits, values, values);
    }
    return limits;
  }

  private static float[][] enclosing(float[][] one, float[][] other) {
    float[][] limits = {one[0].clone(), one[1].clone()};
    enclose(limits, other[0], other[1]);
    return limits;
  }

  private static void enclose(float[][] limits, float[] low, float[] high) {
    for (int i = 0; i < low.length; i++) {
      limits[0][i] = Math.min(limits[0][i], low[i]);
      limits[1][i] = Math.max(limits[1][i], high[i]);
    }
  }
}
