package io.meanfield.data.frame;

import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** Goes through the rows of a partition. */
final class RowCursor {
  private final Iterator<InternalRow> rows;
  private final SparkCells cells;
  private final Optional<RowCheck> filter;

  /**
   * Creates a cursor before the first row.
   *
   * @param filter leaves out the rows that cannot be used; empty to return all rows
   */
  RowCursor(Iterator<InternalRow> rows, SparkCells cells, Optional<RowCheck> filter) {
    this.rows = rows;
    this.cells = cells;
    this.filter = filter;
  }

  /** Moves to the next row; returns false after the last one. */
  boolean advance() {
    while (rows.hasNext()) {
      cells.read(rows.next());
      if (filter.isEmpty() || filter.get().problem(cells).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The current row. */
  Cells row() {
    return cells;
  }
}
