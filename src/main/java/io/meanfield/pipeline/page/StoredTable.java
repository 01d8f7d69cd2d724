package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.table.StoredRow;
import io.meanfield.store.table.TableRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Reads the tables of a run in this process, without Spark. */
final class StoredTable {
  private StoredTable() {}

  /**
   * Returns the rows of a table in the order in which they were written; none if the run has no
   * such table.
   *
   * @throws UserException if a file of the table cannot be read
   */
  static List<StoredRow> rows(RunDirectory run, String name) {
    List<StoredRow> rows = new ArrayList<>();
    for (String file : run.list(RunDirectory.TABLES + "/" + name)) {
      if (file.endsWith(".parquet")) {
        read(run, new Path(run.table(name), file), rows);
      }
    }
    return rows;
  }

  // Parquet reports damage with unchecked exceptions of several types.
  private static void read(RunDirectory run, Path file, List<StoredRow> rows) {
    try (TableRows table = TableRows.open(file, run.hadoop())) {
      table.read(column -> true, row -> rows.add(StoredRow.of(row)));
    } catch (IOException | RuntimeException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.STORE_UNREADABLE,
          "%s cannot be read as a table of run %s: %s; restore the file from a backup",
          HadoopPaths.display(file),
          run.id(),
          UserException.reason(e));
    }
  }
}
