package io.meanfield.data.parquet.rowgroup;

/** The values of a column that is not read. */
public final class UnreadValues extends ColumnValues {
  public UnreadValues() {
    super(0);
  }

  @Override
  String present(int row) {
    throw new IllegalStateException("the column is not read");
  }
}
