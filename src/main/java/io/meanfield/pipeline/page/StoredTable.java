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
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    read(run, name, column -> true, rows::add);
    return rows;
  }

  /**
   * Reads some columns of a table, row by row, in the order in which the rows were written; the
   * table may be larger than the memory. A column that the table lacks is absent in every row.
   *
   * @param rows takes the rows; none if the run has no such table
   * @throws UserException if a file of the table cannot be read
   */
  static void read(
      RunDirectory run, String name, Predicate<String> columns, Consumer<StoredRow> rows) {
    for (String file : run.list(RunDirectory.TABLES + "/" + name)) {
      if (file.endsWith(".parquet")) {
        read(new Path(run.table(name), file), run, columns, rows);
      }
    }
  }

  // Parquet reports damage with unchecked exceptions of several types.
  private static void read(
      Path file, RunDirectory run, Predicate<String> columns, Consumer<StoredRow> rows) {
    try (TableRows table = TableRows.open(file, run.hadoop())) {
      table.read(columns, row -> rows.accept(StoredRow.of(row)));
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          HadoopPaths.display(file)
              + " cannot be read as a table of run "
              + run.id()
              + ": "
              + UserException.reason(e)
              + "; restore the file from a backup",
          e);
    }
  }
}
