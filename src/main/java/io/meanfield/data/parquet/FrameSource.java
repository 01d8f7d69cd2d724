package io.meanfield.data.parquet;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of a DataFrame. They have no order, so {@code columns} must name a column of ids.
 *
 * @param frame has the same rows each time; {@link #open} reads it several times
 * @param display the name of the DataFrame in messages
 * @param rows the number of rows; empty if Spark must count them
 */
public record FrameSource(
    org.apache.spark.sql.Dataset<Row> frame,
    ColumnRoles columns,
    String display,
    Optional<Long> rows)
    implements Source {
  /** The file of a row that comes from no file. */
  static final String NO_FILE = "";

  private static final long NO_ROW = 0;

  /** The column with the place of a row in its file, which Spark hides in frames of files. */
  static final String METADATA = "_metadata";

  private static final AtomicLong OPENED = new AtomicLong();

  /** Creates the source of a DataFrame whose rows Spark must count. */
  public FrameSource(org.apache.spark.sql.Dataset<Row> frame, ColumnRoles columns, String display) {
    this(frame, columns, display, Optional.empty());
  }

  @Override
  public Dataset open(ReadContext context) {
    return ParquetReader.open(located(functions.lit(NO_ROW)), columns, context, display, rows);
  }

  /**
   * Opens the data set, and keeps the columns that are read in Spark's cache until {@link
   * Dataset#release}, so that Spark computes the frame once.
   *
   * @throws io.meanfield.error.UserException as {@link #open}; nothing stays cached then
   */
  public Dataset openCached(ReadContext context) {
    // Frames whose plans are equal share one entry of the cache: two data sets of one table, or two
    // versions of a table whose catalog compares only names. A number makes each plan differ.
    org.apache.spark.sql.Dataset<Row> located =
        located(functions.lit(OPENED.incrementAndGet()).multiply(NO_ROW));
    return ParquetReader.openCached(located, columns, context, display);
  }

  private org.apache.spark.sql.Dataset<Row> located(Column row) {
    return frame.withColumn(
        METADATA, functions.struct(functions.lit(NO_FILE).as("file_path"), row.as("row_index")));
  }

  @Override
  public List<String> locations() {
    return List.of();
  }
}
