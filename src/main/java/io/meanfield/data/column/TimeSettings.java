package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The inputs that dates and timestamps become.
 *
 * @param format the form of dates and timestamps in texts; empty for ISO 8601
 * @param categorical whether parts also become categories
 */
public record TimeSettings(Optional<String> format, boolean categorical) {
  /** The day from which days count, 2000-01-01, in days since 1970-01-01. */
  public static final long ORIGIN = LocalDate.of(2000, 1, 1).toEpochDay();

  static final TimeSettings NONE = new TimeSettings(Optional.empty(), false);

  static TimeSettings read(Section dates) {
    return new TimeSettings(format(dates), dates.optionalBoolean("categorical"));
  }

  private static Optional<String> format(Section dates) {
    Optional<String> format = dates.optionalString("format");
    if (format.isPresent() && !DateFormat.isValid(format.get())) {
      dates.invalid("format", "a pattern of java.time, such as dd.MM.yyyy");
      return Optional.empty();
    }
    return format;
  }
}
