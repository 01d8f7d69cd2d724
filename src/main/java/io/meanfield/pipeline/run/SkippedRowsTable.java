package io.meanfield.pipeline.run;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.encoding.SkippedRows;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;

/** The rows that a job did not read with {@code data.bad-rows = skip}, as a table of its run. */
public final class SkippedRowsTable {
  private static final RowTable<Entry> TABLE =
      RowTable.<Entry>named("skipped_rows")
          .column("data", DataTypes.StringType, Entry::key)
          .column("file", DataTypes.StringType, entry -> entry.row().place().file())
          .nullable("id", DataTypes.StringType, entry -> present(entry.row().place().id()))
          .nullable("column", DataTypes.StringType, entry -> present(entry.row().column()))
          .nullable("value", DataTypes.StringType, entry -> present(entry.row().value()))
          .column("reason", DataTypes.StringType, entry -> entry.row().reason());

  /**
   * A row of the table.
   *
   * @param key the setting of the data set, {@code data.train} or {@code data.test}
   */
  private record Entry(String key, SkippedRow row) {}

  private SkippedRowsTable() {}

  private static Optional<String> present(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  /**
   * Writes the table, unless every row was read.
   *
   * @param data the data sets by their settings, such as {@code data.train}
   */
  public static void write(RunDirectory run, Map<String, Dataset> data) {
    List<Entry> entries = new ArrayList<>();
    new TreeMap<>(data)
        .forEach((key, set) -> entries.addAll(entries(key, set.findings().skipped())));
    write(run, entries);
  }

  /**
   * Writes the table, unless every row was read.
   *
   * @param key the setting of the data set
   */
  public static void write(RunDirectory run, String key, SkippedRows skipped) {
    write(run, entries(key, skipped));
  }

  private static List<Entry> entries(String key, SkippedRows skipped) {
    return skipped.listed().stream().map(row -> new Entry(key, row)).toList();
  }

  private static void write(RunDirectory run, List<Entry> entries) {
    if (!entries.isEmpty()) {
      TABLE.write(run, entries);
    }
  }

  /** Returns a sentence with the number of skipped rows; empty if every row was read. */
  public static Optional<String> note(Dataset data) {
    return note(data.findings().skipped(), data.whole().count(), data.display());
  }

  /**
   * Returns a sentence with the number of skipped rows; empty if every row was read.
   *
   * @param used the number of rows that were read
   */
  public static Optional<String> note(SkippedRows skipped, long used, String display) {
    return skipped.count() == 0 ? Optional.empty() : Optional.of(skipped.text(used, display));
  }
}
