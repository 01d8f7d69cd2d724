package io.meanfield.evaluate.slice;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.report.ReadableNumber;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How the texts of a column divide rows into slices: one for each frequent value or each bin, then
 * one for all other values, then one for missing ones.
 *
 * @param values the frequent values; none if there are bins
 * @param type of the numbers or times
 * @param form of their texts
 * @param edges between bins, ascending; none if there are values
 */
@DefaultSerializer(JavaSerializer.class)
record Slicing(String column, List<String> values, ValueType type, TextForm form, double[] edges)
    implements Serializable {
  private static final int FEWEST_DIGITS = 3;
  private static final int MOST_DIGITS = 15;
  private static final double DAY = 86_400;
  private static final String FEW_ROWS =
      "values of fewer than %d rows".formatted(SlicingChoice.FEWEST_ROWS);

  static Slicing ofValues(String column, List<String> values) {
    return new Slicing(
        column, List.copyOf(values), ValueType.NUMBER, TextForm.PLAIN, new double[0]);
  }

  /**
   * Returns bins with about equally many of the numbers.
   *
   * @param sorted numbers of which two are different
   */
  static Slicing ofBins(String column, ValueType type, TextForm form, double[] sorted, int bins) {
    double[] quantiles =
        IntStream.range(1, bins)
            .mapToDouble(bin -> sorted[(int) ((long) bin * sorted.length / bins)])
            .filter(edge -> edge > sorted[0])
            .distinct()
            .toArray();
    return new Slicing(column, List.of(), type, form, rounded(type, quantiles));
  }

  // Edges of few digits, of which none are equal, so that a name tells exactly which rows it means.
  private static double[] rounded(ValueType type, double[] edges) {
    if (type.isTime()) {
      double[] days = Arrays.stream(edges).map(edge -> Math.floor(edge / DAY) * DAY).toArray();
      return areDifferent(days) ? days : edges;
    }
    return IntStream.rangeClosed(FEWEST_DIGITS, MOST_DIGITS)
        .mapToObj(digits -> Arrays.stream(edges).map(edge -> rounded(edge, digits)).toArray())
        .filter(Slicing::areDifferent)
        .findFirst()
        .orElse(edges);
  }

  private static double rounded(double edge, int digits) {
    return new BigDecimal(edge).round(new MathContext(digits)).doubleValue();
  }

  private static boolean areDifferent(double[] edges) {
    return IntStream.range(1, edges.length).allMatch(i -> edges[i - 1] < edges[i]);
  }

  private boolean hasBins() {
    return edges.length > 0;
  }

  private int named() {
    return hasBins() ? edges.length + 1 : values.size();
  }

  /** Returns the number of slices. */
  int count() {
    return named() + 2;
  }

  /** Returns the slice of a row. */
  int of(String text) {
    if (text.isEmpty() || (hasBins() && isMissing(text))) {
      return named() + 1;
    }
    if (!hasBins()) {
      int value = values.indexOf(text);
      return value < 0 ? named() : value;
    }
    OptionalDouble number = form.parse(type, text);
    return number.isEmpty()
        ? named()
        : (int) Arrays.stream(edges).filter(edge -> edge <= number.getAsDouble()).count();
  }

  static boolean isMissing(String text) {
    return ValueType.isMissing(text) || ValueType.isPlaceholder(text);
  }

  Slice.Kind kind(int slice) {
    if (slice < named()) {
      return hasBins() ? Slice.Kind.BIN : Slice.Kind.VALUE;
    }
    return slice == named() ? Slice.Kind.OTHER : Slice.Kind.MISSING;
  }

  String name(int slice) {
    return switch (kind(slice)) {
      case VALUE -> values.get(slice);
      case BIN -> bin(slice);
      case OTHER -> named() > 0 ? "other values" : FEW_ROWS;
      case MISSING -> "missing";
      case ALL -> throw new IllegalStateException();
    };
  }

  private String bin(int slice) {
    if (slice == 0) {
      return "below " + text(edges[0]);
    }
    return slice == edges.length
        ? "from " + text(edges[slice - 1])
        : text(edges[slice - 1]) + " to " + text(edges[slice]);
  }

  private String text(double edge) {
    if (type.isTime()) {
      return Instant.ofEpochSecond((long) edge).toString().replace("T00:00:00Z", "");
    }
    String plain = BigDecimal.valueOf(edge).stripTrailingZeros().toPlainString();
    return plain.length() > MOST_DIGITS ? ReadableNumber.text(edge) : plain;
  }
}
