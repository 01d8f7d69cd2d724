package io.meanfield.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers of any size as people read them. */
public final class ReadableNumber {
  private static final double LARGE = 1e15;
  private static final double SMALL = 1e-4;
  private static final int DIGITS = 4;
  private static final int MOST_DECIMALS = 12;
  private static final double ZERO = 1e-8;
  private static final double LEAST_FIXED = 1e-3;
  private static final double FIRST_TOO_LARGE = 1e4;

  private ReadableNumber() {}

  /** Returns a number with four digits or all before the point, in groups of three. */
  public static String text(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < LARGE) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return size >= SMALL && size < LARGE
        ? String.format(Locale.ROOT, "%,." + decimals(value, DIGITS) + "f", value)
        : String.format(Locale.ROOT, "%.3e", value);
  }

  /** Returns a number with at most four significant digits and no zeros at the end. */
  public static String rounded(double value) {
    return new BigDecimal(value)
        .round(new MathContext(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Returns a number with so many decimals; never a negative zero. */
  public static String rounded(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return Double.parseDouble(text) == 0 ? text.replace("-", "") : text;
  }

  /** Returns the decimals with which a number has so many significant digits; 0 of a whole one. */
  public static int decimals(double value, int significant) {
    if (value == Math.rint(value)) {
      return 0;
    }
    int before = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return Math.max(0, Math.min(MOST_DECIMALS, significant - before));
  }

  /**
   * Returns a number of usual size, or nearly 0, with four decimals, and another one as {@link
   * #text} does.
   */
  public static String fixed(double value) {
    double size = Math.abs(value);
    return size < ZERO || (size >= LEAST_FIXED && size < FIRST_TOO_LARGE)
        ? String.format(Locale.ROOT, "%.4f", value)
        : text(value);
  }
}
