package io.meanfield.doctor;

import java.util.Locale;

/**
 * Bounds of the difference between the clock of an executor and that of the driver, in
 * milliseconds: positive if the executor is ahead. Their distance is the round trip (Cristian
 * 1989).
 */
record ClockBounds(long low, long high) {
  private static final long LARGEST_SKEW = 1_000;

  /**
   * Returns the bounds that one round trip gives.
   *
   * @param sent the driver's time before it asked
   * @param answered the executor's time
   * @param received the driver's time after it had the answer
   */
  static ClockBounds of(long sent, long answered, long received) {
    return new ClockBounds(answered - received, answered - sent);
  }

  /** Returns the bounds that both round trips give. */
  ClockBounds and(ClockBounds other) {
    long newLow = Math.max(low, other.low);
    long newHigh = Math.min(high, other.high);
    // A clock that was set between the two contradicts itself; the later bounds hold.
    return newLow <= newHigh ? new ClockBounds(newLow, newHigh) : other;
  }

  /** Returns the smallest difference that the bounds allow. */
  long skew() {
    return low > 0 ? low : Math.min(high, 0);
  }

  Finding finding(String where) {
    if (Math.abs(skew()) <= LARGEST_SKEW) {
      return Finding.ok("clock", where, "within 1 s of the driver's clock");
    }
    return Finding.warning(
        "clock",
        where,
        String.format(
            Locale.ROOT,
            "at least %.1f s %s the driver's clock",
            Math.abs(skew()) / 1000.0,
            skew() > 0 ? "ahead of" : "behind"),
        "synchronise the clocks of all machines, for example with chrony");
  }
}
