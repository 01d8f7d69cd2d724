package io.meanfield.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/** How many decimals of numbers a reader needs. */
final class Decimals {
  private static final int SIGNIFICANT = 5;
  private static final int MOST = 12;
  private static final MathContext ROUNDED = new MathContext(SIGNIFICANT);

  private Decimals() {}

  /** Returns the decimals that a column shows: those of five significant digits of its largest. */
  static int of(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (Arrays.stream(finite).allMatch(value -> value == Math.rint(value))) {
      return 0;
    }
    double largest = Arrays.stream(finite).map(Math::abs).max().orElse(1);
    int before = (int) Math.floor(Math.log10(largest)) + 1;
    return Math.max(0, Math.min(MOST, SIGNIFICANT - before));
  }

  /** Returns a number with at most five significant digits, for a sentence. */
  static String shown(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(ROUNDED).stripTrailingZeros();
    return rounded.scale() > MOST ? rounded.toString() : rounded.toPlainString();
  }
}
