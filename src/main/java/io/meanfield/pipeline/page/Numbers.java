package io.meanfield.pipeline.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers, shares and times as text. */
final class Numbers {
  private static final int MINUTE = 16; // letters of a time up to its minute

  private Numbers() {}

  /** Returns a number with so many decimals; nothing for NaN. */
  static String decimals(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value)
        ? value > 0 ? "∞" : "−∞"
        : String.format(Locale.ROOT, "%,." + decimals + "f", value);
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

  /** Returns a time without its seconds: "2026-01-31 03:12 UTC". */
  static String time(Instant time) {
    return time.toString().substring(0, MINUTE).replace('T', ' ') + " UTC";
  }
}
