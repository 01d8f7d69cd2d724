package io.meanfield.report.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them, to the minute: "2026-01-31 03:12 UTC". */
public final class UtcTime {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private UtcTime() {}

  /** Returns a time without its seconds. */
  public static String of(Instant time) {
    return MINUTES.format(time);
  }

  /** Returns a number of an axis of times as text. */
  static String ofMillis(double millis) {
    return of(instant(millis));
  }

  /** Returns a number of an axis of times. */
  static Instant instant(double millis) {
    return Instant.ofEpochMilli((long) millis);
  }
}
