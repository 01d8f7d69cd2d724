package io.meanfield.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One check of the data, a row of table {@code gate}.
 *
 * @param data the data that were checked
 * @param column the column that was checked; empty if the check is about all columns
 * @param sentence what is wrong and what to do, if the check has failed
 */
public record GateCheck(
    Kind kind,
    Data data,
    Optional<String> column,
    String expected,
    String found,
    boolean passed,
    String sentence) {
  private static final int SHOWN_DIGITS = 3;
  private static final int MOST_DECIMALS = 6;
  private static final int MOST_ZEROS = 15;
  private static final int SHOWN_NAMES = 20;

  /** The kinds of checks that the gate makes. */
  public enum Kind {
    /**
     * Files, columns and values can be read as the settings and the champion's encodings expect.
     */
    READABLE,
    /** Columns, or the size of images, are those of the champion's data. */
    SCHEMA,
    ROWS,
    ROWS_CHANGE,
    LABELS,
    CLASS_BALANCE,
    RANGE,
    MISSING,
    DRIFT;

    /** Returns the kind as it is written in table {@code gate}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The data that a check is about. */
  public enum Data {
    /** All data that a run would train on. */
    ALL,
    /** The part of them that no version was trained on yet. */
    NEW;

    /** Returns the word that is written in table {@code gate}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns a check of all data. */
  static GateCheck of(Kind kind, String expected, String found, boolean passed, String sentence) {
    return new GateCheck(kind, Data.ALL, Optional.empty(), expected, found, passed, sentence);
  }

  /** Returns the same check of one column. */
  GateCheck ofColumn(String name) {
    return new GateCheck(kind, data, Optional.of(name), expected, found, passed, sentence);
  }

  /** Returns the same check of the new data alone. */
  GateCheck ofNewData() {
    return new GateCheck(kind, Data.NEW, column, expected, found, passed, sentence);
  }

  /** Returns a number with three digits. */
  static String digits(double number) {
    return digits(number, SHOWN_DIGITS);
  }

  /** Returns a number with so many digits. */
  static String digits(double number, int shown) {
    BigDecimal rounded =
        BigDecimal.valueOf(number).round(new MathContext(shown)).stripTrailingZeros();
    return rounded.scale() > MOST_DECIMALS || rounded.scale() < -MOST_ZEROS
        ? rounded.toString()
        : rounded.toPlainString();
  }

  /** Returns the first names, for a message. */
  static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN_NAMES, names.size())));
    return names.size() > SHOWN_NAMES ? first + ", …" : first;
  }
}
