package io.meanfield.report.page;

import java.util.List;

/**
 * A table.
 *
 * @param rows the cells of each row, as many as there are columns; may be empty
 */
public record DataTable(String caption, List<Column> columns, List<List<Cell>> rows)
    implements Block {
  public DataTable {
    Validity.text("the caption of a table", caption);
    columns = Validity.filled("table " + caption, "column", columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (int row = 0; row < rows.size(); row++) {
      Validity.size(
          "cells in row " + (row + 1) + " of table " + caption,
          columns.size(),
          rows.get(row).size());
    }
  }
}
