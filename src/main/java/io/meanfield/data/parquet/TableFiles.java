package io.meanfield.data.parquet;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The files of a table; driver only.
 *
 * @param flat reads the rows into arrays; empty if only Spark can read them
 * @param keys reads some columns into arrays, of ids, categories and labels, where Spark reads the
 *     rows; empty if there are none
 * @param layouts of the files; empty if the rows come from no files
 * @param rows the number of rows that come from no files; empty if Spark must count them
 */
record TableFiles(
    Optional<FlatTable> flat,
    Optional<FlatTable> keys,
    Optional<FileLayouts> layouts,
    Optional<Long> rows) {
  /** The files of rows that come from no files. */
  static final TableFiles NONE = ofFrame(Optional.empty());

  /** Returns the files of a frame whose rows come from no files. */
  static TableFiles ofFrame(Optional<Long> rows) {
    return new TableFiles(Optional.empty(), Optional.empty(), Optional.empty(), rows);
  }

  static TableFiles of(FlatTable flat) {
    return new TableFiles(
        Optional.of(flat), Optional.empty(), Optional.of(flat.layouts()), Optional.empty());
  }

  /**
   * Returns the files of rows that Spark reads.
   *
   * @param paths the files as URIs; none if Spark has the rows in its cache
   * @param columns the names of the columns that are read
   * @throws io.meanfield.error.UserException if a file declares what it cannot have
   */
  static TableFiles ofRows(String[] paths, List<String> columns, JavaSparkContext spark) {
    return paths.length == 0
        ? NONE
        : new TableFiles(
            Optional.empty(),
            Optional.empty(),
            Optional.of(FileLayouts.ofRows(paths, columns, spark)),
            Optional.empty());
  }

  TableFiles withKeys(Optional<FlatTable> table) {
    return new TableFiles(flat, table, layouts, rows);
  }

  /** Returns what reads a column into arrays; empty if only Spark can read it. */
  Optional<FlatTable> reading(String column) {
    return flat.or(() -> keys).filter(table -> table.reads(column));
  }

  /**
   * Returns the positions of the files.
   *
   * @param frame the rows, which Spark counts if their number is not known and the metadata of the
   *     files cannot be read
   */
  FileStarts starts(Dataset<Row> frame, String display) {
    return layouts
        .filter(FileLayouts::areUsable)
        .map(read -> FileStarts.of(read, display))
        .or(() -> rows.map(count -> FileStarts.ofFrame(count, display)))
        .orElseGet(() -> FileStarts.of(frame, display));
  }
}
