package io.meanfield.data.parquet;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Source;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of a DataFrame. They have no order, so {@code columns} must name a column of ids.
 *
 * @param frame has the same rows each time; {@link #open} reads it several times
 * @param display the name of the DataFrame in messages
 */
public record FrameSource(
    org.apache.spark.sql.Dataset<Row> frame, ColumnRoles columns, String display)
    implements Source {
  /** The file of a row that comes from no file. */
  static final String NO_FILE = "";

  /** The column with the place of a row in its file, which Spark hides in frames of files. */
  static final String METADATA = "_metadata";

  @Override
  public Dataset open(ReadContext context) {
    return ParquetReader.open(located(), columns, context, display);
  }

  /**
   * Opens the data set, and keeps the columns that are read in Spark's cache until {@link
   * Dataset#release}, so that Spark computes the frame once.
   *
   * @throws io.meanfield.error.UserException as {@link #open}; nothing stays cached then
   */
  public Dataset openCached(ReadContext context) {
    return ParquetReader.openCached(located(), columns, context, display);
  }

  private org.apache.spark.sql.Dataset<Row> located() {
    return frame.withColumn(
        METADATA,
        functions.struct(
            functions.lit(NO_FILE).as("file_path"), functions.lit(0L).as("row_index")));
  }

  @Override
  public List<String> locations() {
    return List.of();
  }
}
