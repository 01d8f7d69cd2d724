package io.meanfield.pipeline.start;

import java.util.Optional;

/**
 * What Spark has counted in a column.
 *
 * @param compound the type of a column whose values are no single numbers or texts, such as arrays;
 *     empty for all others
 * @param rows the number of rows of the table
 * @param present the number of values that are not missing
 * @param distinct the number of different values, with an error of about 1 % if there are many
 * @param numbers the number of values that are numbers
 * @param forms the forms that all present values have
 * @param extent of the values
 */
record ColumnStatistics(
    String name,
    Optional<String> compound,
    long rows,
    long present,
    long distinct,
    long numbers,
    ValueForms forms,
    Extent extent) {

  /**
   * The extent of the present values.
   *
   * @param least the least number
   * @param largest the largest number
   * @param words the mean number of words
   * @param hasLineBreaks whether a value contains a line break
   */
  record Extent(double least, double largest, double words, boolean hasLineBreaks) {
    static final Extent NONE = new Extent(Double.NaN, Double.NaN, 0, false);
  }

  /** Returns a column of a type such as an array, whose values are not counted. */
  static ColumnStatistics compound(String name, String type, long rows) {
    return new ColumnStatistics(
        name, Optional.of(type), rows, rows, rows, 0, new ValueForms(0), Extent.NONE);
  }

  long missing() {
    return rows - present;
  }

  /** Returns whether there is no value, or the same in every row. */
  boolean isConstant() {
    return present == 0 || (distinct == 1 && missing() == 0);
  }

  boolean isNumber() {
    return forms.isNumber();
  }

  /** Returns whether nearly every value differs from all others. */
  boolean isNearlyUnique() {
    return 10 * distinct >= 9 * present;
  }

  /** Returns whether the values are the whole numbers from 0 or 1 on, each once. */
  boolean isRunning() {
    return forms.isWhole()
        && isNearlyUnique()
        && missing() == 0
        && (extent.least() == 0 || extent.least() == 1)
        && extent.largest() - extent.least() + 1 == rows;
  }
}
