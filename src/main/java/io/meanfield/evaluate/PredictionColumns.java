package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.store.table.RowTable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns with which {@code predict} writes the outputs of a network.
 *
 * @param labels the names of the classes; empty if they have none
 * @param targets the names of the targets; empty if examples have classes
 */
public record PredictionColumns(OutputSpec spec, List<String> labels, List<String> targets) {
  /** The column with the predicted class. */
  public static final String PREDICTED = "predicted";

  private static final int POSITIVE = 1;

  public PredictionColumns {
    labels = List.copyOf(labels);
    targets = List.copyOf(targets);
  }

  /** Adds the columns to a table. */
  RowTable<ScoredRow> addTo(RowTable<ScoredRow> table) {
    return switch (spec.taskType()) {
      case BINARY, MULTI_CLASS -> addClass(table);
      case MULTI_LABEL -> isNamed() ? addLabels(table) : addOutputs(table);
      case REGRESSION -> isNamed() ? addNumbers(table) : addOutputs(table);
    };
  }

  /** Returns whether each output has the name of a target; a column may contain several targets. */
  private boolean isNamed() {
    return targets.size() == spec.width();
  }

  private RowTable<ScoredRow> addClass(RowTable<ScoredRow> table) {
    RowTable<ScoredRow> added =
        addLabel(table.column(PREDICTED, DataTypes.IntegerType, ScoredRow::predicted));
    if (!spec.hasClassProbabilities()) {
      return addOutputs(added);
    }
    added = added.column("probability", DataTypes.DoubleType, row -> row.score(row.predicted()));
    added =
        spec.classes() == 2
            ? added.column("probability_positive", DataTypes.DoubleType, row -> row.score(POSITIVE))
            : added;
    return spec.width() == 1 ? added : addOutputs(added);
  }

  private RowTable<ScoredRow> addLabel(RowTable<ScoredRow> table) {
    List<String> names = labels; // the lambda travels without this object
    return names.isEmpty()
        ? table
        : table.column(
            "predicted_label", DataTypes.StringType, row -> name(names, row.predicted()));
  }

  /** Returns the name of a class, or its number if no training example had it. */
  private static String name(List<String> names, int cls) {
    return cls < names.size() ? names.get(cls) : Integer.toString(cls);
  }

  private RowTable<ScoredRow> addLabels(RowTable<ScoredRow> table) {
    RowTable<ScoredRow> added = table;
    for (int i = 0; i < targets.size(); i++) {
      int label = i;
      added =
          added
              .column(
                  PREDICTED + "_" + targets.get(i),
                  DataTypes.IntegerType,
                  row -> row.isPredicted(label) ? 1 : 0)
              .column(
                  "probability_" + targets.get(i), DataTypes.DoubleType, row -> row.score(label));
    }
    return added;
  }

  private RowTable<ScoredRow> addNumbers(RowTable<ScoredRow> table) {
    RowTable<ScoredRow> added = table;
    for (int i = 0; i < targets.size(); i++) {
      int target = i;
      added =
          added.column(
              PREDICTED + "_" + targets.get(i), DataTypes.DoubleType, row -> row.score(target));
    }
    return added;
  }

  private static RowTable<ScoredRow> addOutputs(RowTable<ScoredRow> table) {
    return table.column("outputs", Prediction.FLOATS, row -> Prediction.boxed(row.all()));
  }
}
