package io.meanfield.data.encoding;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;

/**
 * What a single value of a column is, and what is wrong with it, in the same words for rows of
 * Spark and for rows of a program without Spark. Knows no Spark.
 */
public final class SingleValues {
  private static final String IMPUTE = ", or data.columns.impute = median";

  private SingleValues() {}

  /** Returns the number of a text that is present; NaN if it is none. */
  public static double number(TableEncoder encoder, String column, ValueType type, String text) {
    return encoder.formOf(column).parse(type, text.strip()).orElse(Double.NaN);
  }

  /** Returns whether a text means that a number or a time is missing. */
  public static boolean isMissing(String text) {
    String stripped = text.strip();
    return ValueType.isMissing(stripped) || ValueType.isPlaceholder(stripped);
  }

  /**
   * Returns what a value of a column must be, for a message.
   *
   * @param isMissing whether there is no value
   */
  public static String expected(TableEncoder encoder, FeatureColumn column, boolean isMissing) {
    boolean isRefused = !column.acceptsMissing() && isMissing;
    return encoder.formOf(column.column()).expected(column.type()) + (isRefused ? IMPUTE : "");
  }

  /** Returns whether a text may be a category, an empty one for a missing value. */
  public static boolean isCategory(TableEncoder encoder, String text) {
    return isReadable(text) && (!text.isEmpty() || encoder.acceptsUnknown());
  }

  /** Returns whether a text has no characters of which several would become one. */
  public static boolean isReadable(String text) {
    return text.indexOf(ValueType.UNREADABLE) < 0;
  }

  /** Returns the exception of a text that may be no category. */
  public static InvalidRowException wrongCategory(String where, String column, String text) {
    return isReadable(text)
        ? wrong(where, column, text, "a category, or data.columns.handle-unknown = extra-column")
        : unreadable(where, column, text);
  }

  /** Returns the exception of a text that is not UTF-8. */
  public static InvalidRowException unreadable(String where, String column, String text) {
    return wrong(
        where, column, text, "a text in UTF-8; set data.csv.encoding, for example to windows-1252");
  }

  /**
   * Returns the exception of a value.
   *
   * @param where the place of the row
   * @param value empty if there is none
   * @param expected what the value must be
   */
  public static InvalidRowException wrong(
      String where, String column, String value, String expected) {
    String found =
        value.isEmpty() ? "has no value" : "is \"" + InvalidRowException.shown(value) + "\"";
    return InvalidRowException.ofValue(where, column, value, found + ", expected " + expected);
  }
}
