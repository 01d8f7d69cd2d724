package io.meanfield.data.column;

import io.meanfield.settings.Section;

/**
 * The inputs that dates and timestamps become.
 *
 * @param categorical whether parts also become categories
 */
public record TimeSettings(boolean categorical) {
  static final TimeSettings NONE = new TimeSettings(false);

  static TimeSettings read(Section dates) {
    return new TimeSettings(dates.optionalBoolean("categorical"));
  }
}
