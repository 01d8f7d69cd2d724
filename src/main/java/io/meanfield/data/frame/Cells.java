package io.meanfield.data.frame;

/** The values of the columns of one row, as {@link FrameColumns} selects them. */
interface Cells {
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
