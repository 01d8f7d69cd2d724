package io.meanfield.data.encoding;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;

/** A row of a table that cannot be used. */
public final class InvalidRowException extends UserException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 100;

  private final String column;
  private final String value;
  private final String reason;

  private InvalidRowException(String message, String column, String value, String reason) {
    super(ErrorCode.DATA_UNREADABLE, message);
    this.column = column;
    this.value = value;
    this.reason = reason;
  }

  /** Returns a value for messages: one line of at most 100 characters. */
  public static String shown(String value) {
    return Printable.text(value, LONGEST);
  }

  /**
   * Returns the exception of a value.
   *
   * @param where the file and the line of the row, or what else locates it
   * @param value the value; empty if there is none
   * @param problem what is wrong, which follows {@code column NAME}
   */
  public static InvalidRowException ofValue(
      String where, String column, String value, String problem) {
    String reason = "column " + column + " " + problem;
    return new InvalidRowException(where + ": " + reason, column, value, reason);
  }

  /**
   * Returns the exception of a row as a whole.
   *
   * @param problem what is wrong, which follows the location
   */
  public static InvalidRowException ofRow(String where, String problem) {
    return new InvalidRowException(where + " " + problem, "", "", problem);
  }

  /** The name of the column; empty if the row as a whole is wrong. */
  public String column() {
    return column;
  }

  /** The value; empty if there is none. */
  public String value() {
    return value;
  }

  /** What is wrong, without the location. */
  public String reason() {
    return reason;
  }
}
