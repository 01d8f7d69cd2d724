package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Reads the small tables of a run in this process, without Spark. */
public final class StoredTable {
  private StoredTable() {}

  /**
   * Returns the rows of a table in the order in which they were written; none if the run has no
   * such table.
   *
   * @throws UserException if a file of the table cannot be read
   */
  public static List<StoredRow> rows(RunDirectory run, String name) {
    List<StoredRow> rows = new ArrayList<>();
    read(run, name, new GroupReadSupport(), rows::add);
    return rows;
  }

  /**
   * Reads some columns of a table, row by row, in the order in which the rows were written; the
   * table may be larger than the memory. A column that the table lacks is absent in every row.
   *
   * @param rows takes the rows; none if the run has no such table
   * @throws UserException if a file of the table cannot be read
   */
  public static void read(
      RunDirectory run, String name, Set<String> columns, Consumer<StoredRow> rows) {
    read(run, name, new SelectedColumns(columns), rows);
  }

  private static void read(
      RunDirectory run, String name, GroupReadSupport format, Consumer<StoredRow> rows) {
    String table = RunDirectory.TABLES + "/" + name;
    for (String file : run.list(table)) {
      if (file.endsWith(".parquet")) {
        read(run, run.path(table + "/" + file), format, rows);
      }
    }
  }

  // Parquet reports damage with unchecked exceptions of several types.
  private static void read(
      RunDirectory run, Path file, GroupReadSupport format, Consumer<StoredRow> rows) {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(format, file).withConf(run.hadoop()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.accept(StoredRow.of(row));
      }
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          HadoopPaths.display(file)
              + " cannot be read as a table of run "
              + run.id()
              + ": "
              + reason(e)
              + "; restore the file from a backup",
          e);
    }
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
