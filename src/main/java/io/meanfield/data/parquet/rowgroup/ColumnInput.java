package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;

/** The rows of a column in a row group, which are read one after the other. */
interface ColumnInput {
  /** Reads the next rows into values of the column's type. */
  void read(ColumnValues values, int rows) throws IOException;

  /** Leaves out the next rows. */
  void skip(long rows) throws IOException;
}
