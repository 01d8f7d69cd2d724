package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.time.LocalDate;

/**
 * The inputs that dates and timestamps become.
 *
 * @param categorical whether parts also become categories
 */
public record TimeSettings(boolean categorical) {
  /** The day from which days count, 2000-01-01, in days since 1970-01-01. */
  public static final long ORIGIN = LocalDate.of(2000, 1, 1).toEpochDay();

  static final TimeSettings NONE = new TimeSettings(false);

  static TimeSettings read(Section dates) {
    return new TimeSettings(dates.optionalBoolean("categorical"));
  }
}
