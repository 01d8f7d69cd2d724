package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.List;

/** What the columns of a table are for, and why. */
final class ColumnsSection {
  private ColumnsSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> columns = run.table("columns");
    return columns.isEmpty()
        ? List.of()
        : List.of(
            new Table.Columns<StoredRow>()
                .text("column", row -> row.text("column").orElse(""))
                .text("use", row -> row.text("role").orElse(""))
                .text("values", row -> row.text("reason").orElse(""))
                .number("wrong values", row -> Long.toString(RunRecord.integer(row, "wrong")))
                .of("Columns of the table", columns));
  }
}
