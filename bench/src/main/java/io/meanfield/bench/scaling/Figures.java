package io.meanfield.bench.scaling;

import java.util.Locale;

/** Formats the numbers of tables. */
final class Figures {
  private Figures() {}

  /** Returns a number with three digits, such as 0.0123, 1.23 or 1,230. */
  static String threeDigits(double value) {
    if (value == 0 || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = 2 - (int) Math.floor(Math.log10(Math.abs(value)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** Returns the deviation of a prediction from a measurement, with its sign. */
  static String error(double predicted, double measured) {
    return String.format(Locale.ROOT, "%+.0f %%", 100 * (predicted / measured - 1));
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
