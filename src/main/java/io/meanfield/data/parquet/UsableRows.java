package io.meanfield.data.parquet;

import io.meanfield.data.SkippedPositions;
import io.meanfield.data.SkippedRows;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of a frame that can be used. Driver only.
 *
 * @param frame the rows
 * @param skipped the rows that are not among them
 * @param positions the positions of the skipped rows; none if ids are a column
 */
record UsableRows(Dataset<Row> frame, SkippedRows skipped, SkippedPositions positions) {
  /** Returns all rows of a frame. */
  static UsableRows all(Dataset<Row> frame) {
    return new UsableRows(frame, new SkippedRows(), SkippedPositions.NONE);
  }

  /**
   * Returns the rows that a check accepts. Reads all rows.
   *
   * @param count the number of all rows
   * @throws UserException if no row can be used
   */
  static UsableRows of(ParquetRowCheck check, Dataset<Row> frame, long count) {
    ParquetColumns columns = check.reader().values().columns();
    // As a column of its own, the place of a row can be read after a filter.
    Dataset<Row> located =
        frame.withColumn(
            FrameSource.METADATA,
            functions.struct(
                ParquetColumns.file().as("file_path"), ParquetColumns.rowInFile().as("row_index")));
    JavaRDD<Row> rows = columns.select(located).javaRDD();
    SkippedRows skipped =
        rows.mapPartitions(part -> List.of(check.skipped(part)).iterator())
            .fold(new SkippedRows(), SkippedRows::plus);
    String display = check.reader().values().display();
    if (skipped.count() == count) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, "no row can be used: " + skipped.text(0, display));
    }
    Column usable =
        functions
            .udf(check, DataTypes.BooleanType)
            .apply(functions.struct(columns.selected(located)));
    return skipped.count() == 0
        ? all(frame)
        : new UsableRows(
            located.where(usable),
            skipped,
            columns.schema().id().isEmpty() ? positions(check, rows) : SkippedPositions.NONE);
  }

  private static SkippedPositions positions(ParquetRowCheck check, JavaRDD<Row> rows) {
    List<long[]> parts =
        rows.mapPartitions(part -> List.<long[]>of(check.positions(part)).iterator()).collect();
    return new SkippedPositions(parts.stream().flatMapToLong(Arrays::stream).sorted().toArray());
  }
}
