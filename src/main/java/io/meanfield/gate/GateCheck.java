package io.meanfield.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * One check of the data, a row of table {@code gate}.
 *
 * @param data the data that were checked
 * @param column the column that was checked; empty if the check is about all data
 * @param sentence what is wrong and what to do, if the check has failed
 */
public record GateCheck(
    CheckKind kind,
    CheckedData data,
    Optional<String> column,
    String expected,
    String found,
    boolean passed,
    String sentence) {
  private static final MathContext SHOWN_DIGITS = new MathContext(3);
  private static final int SHOWN_NAMES = 20;

  /** Returns a check of all data. */
  static GateCheck of(
      CheckKind kind, String expected, String found, boolean passed, String sentence) {
    return new GateCheck(
        kind, CheckedData.ALL, Optional.empty(), expected, found, passed, sentence);
  }

  /** Returns a check of one column. */
  static GateCheck ofColumn(
      CheckKind kind,
      String column,
      String expected,
      String found,
      boolean passed,
      String sentence) {
    return new GateCheck(
        kind, CheckedData.ALL, Optional.of(column), expected, found, passed, sentence);
  }

  /** Returns the same check of the new data alone. */
  GateCheck ofNewData() {
    return new GateCheck(kind, CheckedData.NEW, column, expected, found, passed, sentence);
  }

  /** Returns a number with three digits. */
  static String digits(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).round(SHOWN_DIGITS).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 6 ? rounded.toString() : rounded.toPlainString();
  }

  /** Returns the first names, for a message. */
  static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN_NAMES, names.size())));
    return names.size() > SHOWN_NAMES ? first + ", …" : first;
  }
}
