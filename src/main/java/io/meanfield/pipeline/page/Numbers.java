package io.meanfield.pipeline.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers and times as text. */
final class Numbers {
  private static final double LARGE = 1e15;
  private static final double SMALL = 1e-4;
  private static final int DIGITS = 4;
  private static final int MOST_DECIMALS = 12;

  private Numbers() {}

  /** Returns a number with four digits or all before the point, in groups of three. */
  static String text(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < LARGE) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return size >= SMALL && size < LARGE
        ? String.format(Locale.ROOT, "%,." + decimals(value, DIGITS) + "f", value)
        : String.format(Locale.ROOT, "%.3e", value);
  }

  /** Returns a number with at most four significant digits and no zeros at the end. */
  static String rounded(double value) {
    return new BigDecimal(value)
        .round(new MathContext(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Returns the decimals with which a number has so many significant digits; 0 of a whole one. */
  static int decimals(double value, int significant) {
    if (value == Math.rint(value)) {
      return 0;
    }
    int before = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return Math.max(0, Math.min(MOST_DECIMALS, significant - before));
  }

  /** Returns the return of episodes, with two decimals unless it is a whole number. */
  static String returned(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  static String duration(Duration duration) {
    return duration.toMinutes() < 2
        ? seconds(duration.toMillis() / 1e3)
        : String.format(
            Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }
}
