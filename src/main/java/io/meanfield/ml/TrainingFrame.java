package io.meanfield.ml;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.frame.FrameSource;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.train.FitJob;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/** The columns of a DataFrame that training reads. Driver only. */
final class TrainingFrame implements AutoCloseable {
  /** The name of the DataFrame in messages. */
  static final String DISPLAY = "the DataFrame";

  private final Dataset<Row> rows;
  // Marked rows are read twice: as training and as validation examples.
  private final boolean isCached;

  private TrainingFrame(Dataset<Row> rows, boolean isCached) {
    this.rows = rows;
    this.isCached = isCached;
  }

  static TrainingFrame of(Dataset<?> frame, FitColumns columns) {
    requireBatch("fit", frame);
    Column[] selected = columns.names().stream().map(ColumnNames::named).toArray(Column[]::new);
    Dataset<Row> rows = frame.select(selected);
    boolean isCached = columns.validation().isPresent();
    return new TrainingFrame(
        isCached ? rows.persist(StorageLevel.MEMORY_AND_DISK()) : rows, isCached);
  }

  /** Throws if the rows of a frame are still to come. */
  static void requireBatch(String method, Dataset<?> frame) {
    if (frame.isStreaming()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s needs all rows at once, found a streaming DataFrame; read the rows with spark.read,"
              + " or call it in foreachBatch",
          method);
    }
  }

  /**
   * Returns the rows as training and validation examples.
   *
   * @param mark the boolean column that marks validation rows; empty if they are drawn
   */
  FitJob.Data data(Optional<String> mark, ColumnRoles roles) {
    return mark.map(name -> marked(name, roles))
        .orElseGet(() -> new FitJob.Data(new FrameSource(rows, roles, DISPLAY), Optional.empty()));
  }

  private FitJob.Data marked(String mark, ColumnRoles roles) {
    return new FitJob.Data(part(mark, false, roles), Optional.of(part(mark, true, roles)));
  }

  private Source part(String mark, boolean isMarked, ColumnRoles roles) {
    return new FrameSource(
        rows.where(mark(mark).equalTo(isMarked)).drop(mark),
        roles,
        "%s where %s is %s".formatted(DISPLAY, mark, isMarked));
  }

  // A filter of Spark's would leave a row without a mark out.
  private static Column mark(String column) {
    UDF1<Boolean, Boolean> required = mark -> required(column, mark);
    return functions.udf(required, DataTypes.BooleanType).apply(ColumnNames.named(column));
  }

  private static Boolean required(String column, Boolean mark) {
    if (mark == null) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "validationIndicatorCol names the column %s, which has no value in some rows; expected"
              + " true or false",
          column);
    }
    return mark;
  }

  @Override
  public void close() {
    if (isCached) {
      rows.unpersist();
    }
  }
}
