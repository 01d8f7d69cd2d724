package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.ColumnReader;

/**
 * A column of arrays.
 *
 * @param present the definition level of an element that is not missing
 * @param element from which definition level on there is an element
 */
record ArrayInput(ColumnReader column, int present, int element) implements ColumnInput {
  @Override
  public void read(ColumnValues values, int rows) {
    ((ArrayValues) values).read(this, rows);
  }

  @Override
  public void skip(long rows) {
    for (long row = 0; row < rows; row++) {
      skipRow();
    }
  }

  // A row has as many values as its array has elements.
  private void skipRow() {
    do {
      if (column.getCurrentDefinitionLevel() == present) {
        column.skip();
      }
      column.consume();
    } while (column.getCurrentRepetitionLevel() > 0);
  }
}
