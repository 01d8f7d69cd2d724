package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    String table = RunDirectory.TABLES + "/" + name;
    for (String file : run.list(table)) {
      if (file.endsWith(".parquet")) {
        read(run, run.path(table + "/" + file), rows);
      }
    }
    return rows;
  }

  // Parquet reports damage with unchecked exceptions of several types.
  private static void read(RunDirectory run, Path file, List<StoredRow> rows) {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(run.hadoop()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(StoredRow.of(row));
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
