package io.meanfield.evaluate.inspection;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Scaling;
import io.meanfield.data.column.ValueType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The value of a numeric column as its table has it, computed from the inputs of a network. Inputs
 * have 24 bits, so numbers are shown with 6 digits.
 *
 * @param first the first input of the column
 */
record ColumnText(float[] inputs, int first) implements FeatureColumn.Visitor<String> {
  private static final MathContext DIGITS = new MathContext(6);
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double TRUE = 0.5;
  private static final double ROUNDING = 1e-6; // of an input, which has 24 bits
  private static final String MISSING = "missing";

  /** Returns a number as text. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  @Override
  public String plain(FeatureColumn.Plain plain) {
    return number(inputs[first]);
  }

  @Override
  public String numeric(FeatureColumn.Numeric numeric) {
    if (numeric.indicator() && inputs[first + 1] != 0) {
      return MISSING;
    }
    double scaled = unscaled(numeric.scaling());
    double value = numeric.log() ? Math.copySign(Math.expm1(Math.abs(scaled)), scaled) : scaled;
    return numeric.type() == ValueType.BOOLEAN ? String.valueOf(value >= TRUE) : number(value);
  }

  @Override
  public String time(FeatureColumn.Time time) {
    if (time.indicator() && inputs[first + time.inputs() - 1] != 0) {
      return MISSING;
    }
    double days = unscaled(time.scaling()) + time.origin();
    LocalDateTime found =
        LocalDateTime.ofEpochSecond(Math.round(days * SECONDS_PER_DAY), 0, ZoneOffset.UTC);
    return time.type() == ValueType.DATE
        ? found.plusHours(12).toLocalDate().toString()
        : found.withSecond(0).toString();
  }

  private double unscaled(Scaling scaling) {
    double value = inputs[first] * scaling.divisor() + scaling.center();
    return Math.abs(value) < ROUNDING * scaling.divisor() ? 0 : value;
  }
}
