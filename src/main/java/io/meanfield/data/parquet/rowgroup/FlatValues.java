package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.values.ValuesReader;

/** Values of a column without arrays. */
abstract class FlatValues extends ColumnValues {
  FlatValues(int capacity) {
    super(capacity);
  }

  /** Reads the values of rows, of which it is known which ones have no value. */
  abstract void read(ValuesReader reader, int from, int count);
}
