package io.meanfield.data.frame.packed;

/** The values of the columns of rows, one row at a time, as {@code FrameColumns} selects them. */
public interface Cells {
  /** Has the values of another row from now on. */
  void moveTo(int row);

  /** Returns whether each value of a column is one number, or missing, so that none is parsed. */
  boolean hasNumbers(int column);

  /**
   * Copies the numbers of a column that has numbers, in rows from {@code first} on; NaN for missing
   * ones.
   */
  void copyNumbers(int column, int first, double[] target);

  boolean isMissing(int column);

  /** Returns whether the value is a text, from which a number must be parsed. */
  boolean isText(int column);

  /** Returns a value that is neither missing nor a text as a number. */
  double number(int column);

  /** Returns a value of an integer type. */
  long whole(int column);

  String text(int column);

  /**
   * Returns the numbers of an array or a vector, with NaN for missing ones; one number of a column
   * of numbers.
   */
  float[] numbers(int column);

  byte[] bytes(int column);
}
