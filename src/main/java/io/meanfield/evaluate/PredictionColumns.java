package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.store.table.RowTable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of {@link PredictedColumns} in a table of Spark.
 *
 * @param labels the names of the classes; empty if they have none
 * @param targets the names of the targets; empty if examples have classes
 */
public record PredictionColumns(OutputSpec spec, List<String> labels, List<String> targets) {
  /** The column with the predicted class. */
  public static final String PREDICTED = PredictedColumns.PREDICTED;

  /** Returns the columns and their values for the outputs of an example. */
  public PredictedColumns predicted() {
    return new PredictedColumns(
        spec.taskType(),
        spec.width(),
        spec.hasClassProbabilities(),
        spec.threshold(),
        spec.intervals(),
        labels,
        targets);
  }

  /** Returns the columns. */
  public List<StructField> fields() {
    RowTable<ScoredRow> none = RowTable.named("predictions");
    return Arrays.stream(addTo(none).schema().fields())
        .skip(none.schema().fields().length)
        .toList();
  }

  /** Adds the columns to a table. */
  RowTable<ScoredRow> addTo(RowTable<ScoredRow> table) {
    RowTable<ScoredRow> added = table;
    for (PredictedColumns.Column column : predicted().columns()) {
      PredictedColumns.Value value = column.value(); // the lambda travels without the column
      added =
          column.kind() == PredictedColumns.Kind.NUMBERS
              ? added.column(
                  column.name(),
                  Prediction.FLOATS,
                  row -> Prediction.boxed((float[]) row.value(value)))
              : added.column(column.name(), type(column.kind()), row -> row.value(value));
    }
    return added;
  }

  /** Returns the type of the values of a column. */
  public static DataType type(PredictedColumns.Kind kind) {
    return switch (kind) {
      case INTEGER -> DataTypes.IntegerType;
      case TEXT -> DataTypes.StringType;
      case NUMBER -> DataTypes.DoubleType;
      case NUMBERS -> Prediction.FLOATS;
      case TEXTS -> DataTypes.createArrayType(DataTypes.StringType, false);
    };
  }
}
