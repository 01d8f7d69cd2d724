package io.meanfield.report.page;

import java.time.Instant;
import java.util.Objects;

/** A cell of a table. */
public sealed interface Cell {
  /** Text as it is shown. */
  record Text(String text) implements Cell {
    public Text {
      Validity.present("the text of a cell", text);
    }
  }

  /**
   * A finite number.
   *
   * @param digits decimals that are shown, 0 to 17; the page keeps the exact number too
   */
  @SuppressWarnings("JavaLangClash") // its name is always Cell.Number
  record Number(double value, int digits) implements Cell {
    private static final int MAX_DIGITS = 17;

    public Number {
      Validity.finite("a number of a table", value);
      if (digits < 0 || digits > MAX_DIGITS) {
        throw new IllegalArgumentException("expected 0 to 17 decimals, found " + digits);
      }
    }
  }

  /** A time, shown to the minute; the page keeps the exact time too. */
  record Time(Instant time) implements Cell {
    public Time {
      Objects.requireNonNull(time, "the time of a cell");
    }
  }

  /** A cell without a value. */
  record Empty() implements Cell {}

  /** Returns a cell of text. */
  static Cell of(String text) {
    return new Text(text);
  }

  /**
   * Returns a cell that shows so many decimals of a number: empty for NaN, text for an infinite
   * number.
   */
  static Cell of(double value, int digits) {
    if (Double.isNaN(value)) {
      return new Empty();
    }
    return Double.isInfinite(value) ? new Text(value > 0 ? "∞" : "−∞") : new Number(value, digits);
  }

  /** Returns a cell of a time. */
  static Cell of(Instant time) {
    return new Time(time);
  }

  /** Returns a cell without a value. */
  static Cell empty() {
    return new Empty();
  }
}
