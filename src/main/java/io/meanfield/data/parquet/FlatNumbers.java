package io.meanfield.data.parquet;

import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;

/**
 * Columns of single numbers that are consecutive features as they are. Writes them for many rows
 * together, because a call for each number takes longer than to copy it.
 */
final class FlatNumbers {
  private final ColumnValues[] columns;
  private final int first;
  private final float[] numbers = new float[RowRangeReader.MAX_ROWS];

  /**
   * Makes features of the rows that are read last.
   *
   * @param columns in the order of the features
   * @param first the index of the first feature
   */
  FlatNumbers(ColumnValues[] columns, int first) {
    this.columns = columns;
    this.first = first;
  }

  /**
   * Writes the numbers of the rows that were read last to the next rows of a block.
   *
   * @return whether all are finite; if not, some are not written
   */
  boolean writeTo(ExamplesBuilder block, int rows) {
    for (int i = 0; i < columns.length; i++) {
      if (!columns[i].copyTo(numbers, rows)) {
        return false;
      }
      block.nextFeatures(first + i, numbers, rows);
    }
    return true;
  }
}
