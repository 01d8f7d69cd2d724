package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Source;
import io.meanfield.data.parquet.FrameSource;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.FitJob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/**
 * The columns of a DataFrame that training reads, cached, with an id for each row. Driver only.
 *
 * <p>Without a column of ids, an id is a hash of the row's content; rows of equal content are
 * numbered, which is the same for every order of the rows because equal rows can be exchanged.
 */
final class TrainingFrame implements AutoCloseable {
  /** The name of the DataFrame in messages. */
  static final String DISPLAY = "the DataFrame";

  private static final String CONTENT_ID = "meanfield_row_id";
  private static final long OTHER_SEED = 0x5eed;

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
    columns
        .weight()
        .ifPresent(name -> FeatureSchema.requireColumn(frame.schema(), "weightCol", name));
    Column[] selected = kept.stream().map(ColumnNames::named).toArray(Column[]::new);
    Dataset<Row> rows = frame.select(selected);
    Dataset<Row> identified =
        columns.id().isPresent() ? rows : withContentId(rows, content(kept, columns.features()));
    return new TrainingFrame(columns, identified.persist(StorageLevel.MEMORY_AND_DISK()));
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

  /**
   * Returns the columns that a row's content id is computed from. A hash of Spark ignores missing
   * values, so a row that has some needs one more text that tells which.
   */
  private static Column[] content(Set<String> kept, FitFeatures features) {
    List<Column> content = new ArrayList<>(kept.stream().map(ColumnNames::named).toList());
    if (features.preprocessed()) {
      Column[] marks =
          features.names().stream()
              .map(name -> functions.when(ColumnNames.named(name).isNull(), "1").otherwise("0"))
              .toArray(Column[]::new);
      Column missing = functions.concat(marks);
      content.add(functions.when(missing.contains("1"), missing));
    }
    return content.toArray(Column[]::new);
  }

  private static Dataset<Row> withContentId(Dataset<Row> rows, Column[] content) {
    Column first = functions.xxhash64(content);
    Column[] seeded = new Column[content.length + 1];
    seeded[0] = functions.lit(OTHER_SEED);
    System.arraycopy(content, 0, seeded, 1, content.length);
    Column second = functions.xxhash64(seeded);
    Column number = functions.row_number().over(Window.partitionBy(first, second).orderBy(first));
    Dataset<Row> numbered = rows.withColumn(CONTENT_ID, number);
    return numbered.withColumn(
        CONTENT_ID,
        functions
            .when(ColumnNames.named(CONTENT_ID).equalTo(1), first)
            .otherwise(functions.xxhash64(first, second, ColumnNames.named(CONTENT_ID))));
  }

  /**
   * Reads all rows once.
   *
   * @throws UserException if there are none, or a value is missing that no preprocessing replaces;
   *     it names each column with missing values
   */
  FrameSummary summary() {
    List<String> complete = new ArrayList<>(List.of(rows.columns()));
    if (columns.features().preprocessed()) {
      complete.removeAll(columns.features().names());
    }
    return FrameSummary.of(
        rows, complete, columns.label(), columns.validation().map(ColumnNames::named));
  }

  /**
   * Throws if a value of a feature is missing that the preprocessing refuses.
   *
   * @throws UserException that names each column with missing values
   */
  void requireFeatures(ColumnRoles roles) {
    List<String> names = new ArrayList<>();
    for (String feature :
        columns.features().preprocessed() ? numericFeatures() : List.<String>of()) {
      boolean hasSeveral = FeatureSchema.isVector(rows.schema().apply(feature).dataType());
      if (hasSeveral || roles.preprocessing().refusesMissing(feature)) {
        names.add(feature);
      }
    }
    if (roles.handleUnknown() == ColumnRoles.HandleUnknown.ERROR) {
      names.addAll(categoricalFeatures());
    }
    if (!names.isEmpty()) {
      FrameSummary.requireValues(rows, names);
    }
  }

  /** The rows, for statistics. */
  Dataset<Row> rows() {
    return rows;
  }

  /**
   * Returns the rows as training and validation examples.
   *
   * @throws UserException if the marks leave no row for training or for validation
   */
  FitJob.Data examples(FrameSummary summary, FitTarget target, ColumnRoles roles) {
    Dataset<Row> typed = target.typed(rows);
    if (columns.validation().isEmpty()) {
      return new FitJob.Data(source(typed, roles, summary.rows()), Optional.empty());
    }
    summary.requireBoth(columns.validation().get());
    Column mark = ColumnNames.named(columns.validation().get());
    return new FitJob.Data(
        source(typed.where(functions.not(mark)), roles, summary.rows() - summary.marked()),
        Optional.of(source(typed.where(mark), roles, summary.marked())));
  }

  private static Source source(Dataset<Row> part, ColumnRoles roles, long count) {
    return new FrameSource(part, roles, DISPLAY, Optional.of(count));
  }

  /** Returns the name of the column of ids. */
  String id() {
    return columns.id().orElse(CONTENT_ID);
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
