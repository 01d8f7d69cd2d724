package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/** The columns of a DataFrame that training reads, cached. Driver only. */
final class TrainingFrame implements AutoCloseable {
  /** The name of the DataFrame in messages. */
  static final String DISPLAY = "the DataFrame";

  private final FrameColumns columns;
  private final Dataset<Row> rows;

  /**
   * The names of the columns.
   *
   * @param id empty if rows are identified by their content
   * @param validation the boolean column that marks validation rows; empty for none
   * @param weight the column with the weight of each row; empty for none
   */
  record FrameColumns(
      Optional<String> id,
      FitFeatures features,
      String label,
      Optional<String> validation,
      Optional<String> weight) {}

  private TrainingFrame(FrameColumns columns, Dataset<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Selects the columns of a frame whose label has the type double; the first use caches them.
   *
   * @throws UserException if a column is missing
   */
  static TrainingFrame of(Dataset<?> frame, FrameColumns columns) {
    Set<String> kept = new LinkedHashSet<>(columns.features().names());
    kept.add(columns.label());
    columns.validation().ifPresent(kept::add);
    columns.weight().ifPresent(kept::add);
    columns.id().ifPresent(kept::add);
    columns
        .validation()
        .ifPresent(
            name -> {
              FeatureSchema.requireColumn(frame.schema(), "validationIndicatorCol", name);
              requireBoolean(frame.schema().apply(name));
            });
    columns.id().ifPresent(name -> FeatureSchema.requireColumn(frame.schema(), "idCol", name));
    Column[] selected = kept.stream().map(ColumnNames::named).toArray(Column[]::new);
    Dataset<Row> rows = frame.select(selected);
    return new TrainingFrame(columns, rows.persist(StorageLevel.MEMORY_AND_DISK()));
  }

  private static void requireBoolean(StructField mark) {
    if (!mark.dataType().equals(DataTypes.BooleanType)) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "validationIndicatorCol names the column "
              + mark.name()
              + " of type "
              + mark.dataType().simpleString()
              + ", expected true or false");
    }
  }

  /** The rows, for statistics. */
  Dataset<Row> rows() {
    return rows;
  }

  FrameColumns columns() {
    return columns;
  }

  /** Returns the features that are categories. */
  List<String> categoricalFeatures() {
    return columns.features().categorical(rows.schema());
  }

  /** Returns all other features. */
  List<String> numericFeatures() {
    return columns.features().numeric(rows.schema());
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
