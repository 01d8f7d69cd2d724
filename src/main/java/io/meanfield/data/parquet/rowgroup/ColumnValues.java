package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
import java.util.Optional;

/** The values of a column in the rows that were read last. */
public abstract class ColumnValues {
  private final boolean[] missing;

  ColumnValues(int capacity) {
    this.missing = new boolean[capacity];
  }

  final void set(int row, boolean isMissing) {
    missing[row] = isMissing;
  }

  final void setMissing(int from, int count, boolean areMissing) {
    Arrays.fill(missing, from, from + count, areMissing);
  }

  /** Returns whether a row has no value. */
  public final boolean isMissing(int row) {
    return missing[row];
  }

  /** Returns a number in 64 bits; NaN if it is missing. Truth values are 1 and 0. */
  public double number(int row) {
    throw new IllegalStateException("the column contains no numbers");
  }

  /** Returns a number rounded to 32 bits; NaN if it is missing. */
  public float single(int row) {
    return (float) number(row);
  }

  /**
   * Copies the numbers of the first rows, rounded to 32 bits.
   *
   * @return whether no number is missing or infinite
   */
  public boolean copyTo(float[] target, int count) {
    throw new IllegalStateException("the column contains no numbers");
  }

  /** Returns a value as Spark casts it to a string; empty if it is missing. */
  public final Optional<String> text(int row) {
    return isMissing(row) ? Optional.empty() : Optional.of(present(row));
  }

  /** Returns the text of a value that is not missing. */
  abstract String present(int row);
}
