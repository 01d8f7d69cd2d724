package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.StoredRow;
import io.meanfield.store.TableRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Reads the small tables of a run in this process, without Spark. */
final class StoredTable {
  /** The most rows of a table that is kept in memory; the tables that pages show have far fewer. */
  static final int MAX_ROWS = 1_000_000;

  private StoredTable() {}

  /**
   * Returns the rows of a table in the order in which they were written; none if the run has no
   * such table.
   *
   * @throws UserException if a file of the table cannot be read, or if the table has more than
   *     {@value #MAX_ROWS} rows
   */
  static List<StoredRow> rows(RunDirectory run, String name) {
    List<StoredRow> rows = new ArrayList<>();
    for (Path file : files(run, name)) {
      read(
          run,
          file,
          table -> {
            requireAtMost(MAX_ROWS - rows.size(), table);
            table.read(column -> true, row -> rows.add(StoredRow.of(row)));
          });
    }
    return rows;
  }

  // A row of equal values takes no space in Parquet, so a small file may have any number.
  private static void requireAtMost(int most, TableRows table) throws IOException {
    long left = most;
    for (BlockMetaData group : table.groups()) {
      left -= Math.max(0, group.getRowCount());
      if (left < 0) {
        throw new IOException(
            "the table has more than " + MAX_ROWS + " rows, which no table of a page has");
      }
    }
  }

  /**
   * Reads some columns of a table, row by row, in the order in which the rows were written; the
   * table may be larger than the memory. A column that the table lacks is absent in every row.
   *
   * @param rows takes the rows; none if the run has no such table
   * @throws UserException if a file of the table cannot be read
   */
  static void read(RunDirectory run, String name, Set<String> columns, Consumer<StoredRow> rows) {
    for (Path file : files(run, name)) {
      read(
          run, file, table -> table.read(columns::contains, row -> rows.accept(StoredRow.of(row))));
    }
  }

  private static List<Path> files(RunDirectory run, String name) {
    return run.list(RunDirectory.TABLES + "/" + name).stream()
        .filter(file -> file.endsWith(".parquet"))
        .map(file -> new Path(run.table(name), file))
        .toList();
  }

  /** Reads an open file. */
  private interface Reading {
    void of(TableRows table) throws IOException;
  }

  // Parquet reports damage with unchecked exceptions of several types.
  private static void read(RunDirectory run, Path file, Reading reading) {
    try (TableRows table = TableRows.open(file, run.hadoop())) {
      reading.of(table);
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
