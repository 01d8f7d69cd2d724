package io.meanfield.data.column;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalDouble;

/**
 * Reads dates and timestamps of ISO 8601: {@code 2026-01-31}, {@code 2026-01-31T08:15}, with
 * seconds, fractions and an offset, with a space in place of the T. Without an offset it is UTC.
 */
final class IsoTime {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private IsoTime() {}

  /** Returns the seconds since 1970 at midnight in UTC; empty if the text is no date. */
  static OptionalDouble date(String text) {
    if (text.length() != DATE_LENGTH || text.charAt(4) != '-') {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of((double) LocalDate.parse(text).toEpochDay() * SECONDS_PER_DAY);
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  /** Returns the seconds since 1970 in UTC; empty if the text is no timestamp. */
  static OptionalDouble timestamp(String text) {
    if (text.length() <= DATE_LENGTH || text.charAt(4) != '-') {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(seconds(withT(text)));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  private static String withT(String text) {
    return text.charAt(DATE_LENGTH) == ' '
        ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
        : text;
  }

  private static double seconds(String text) {
    TemporalAccessor found = TIMESTAMP.parse(text);
    // Not parseBest, which throws and catches exceptions where there is no offset.
    long offset =
        found.isSupported(ChronoField.OFFSET_SECONDS)
            ? found.getLong(ChronoField.OFFSET_SECONDS)
            : 0;
    long seconds =
        found.getLong(ChronoField.EPOCH_DAY) * SECONDS_PER_DAY
            + found.getLong(ChronoField.SECOND_OF_DAY)
            - offset;
    return ValueType.seconds(
        Instant.ofEpochSecond(seconds, found.getLong(ChronoField.NANO_OF_SECOND)));
  }
}
