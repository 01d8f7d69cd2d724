package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.values.ValuesReader;

/** Values of a column without arrays. */
abstract class FlatValues extends ColumnValues {
  FlatValues(int capacity) {
    super(capacity);
  }

  /** Reads the values of consecutive rows, all of which have one. */
  final void read(ValuesReader reader, int from, int count) {
    setMissing(from, count, false);
    readPresent(reader, from, count);
  }

  /** Notes that consecutive rows have no value. */
  final void leaveOut(int from, int count) {
    setMissing(from, count, true);
    clear(from, count);
  }

  /** Reads the values of consecutive rows. */
  abstract void readPresent(ValuesReader reader, int from, int count);

  /** Stores the value that marks a row without one, such as NaN, for consecutive rows. */
  abstract void clear(int from, int count);
}
