package io.meanfield.evaluate.baseline;

import io.meanfield.evaluate.Evaluation;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/**
 * How well a model predicts the examples on which a network is scored.
 *
 * @param name such as {@code linear}; {@code network} for the network itself
 */
public record BaselineScore(String name, Evaluation evaluation) {
  /** The name of the network. */
  public static final String NETWORK = "network";

  /** A metric of a model; a row of table {@code baselines}. */
  private record Value(String name, String metric, double value) {}

  private static final RowTable<Value> TABLE =
      RowTable.<Value>named("baselines")
          .column("name", DataTypes.StringType, Value::name)
          .column("metric", DataTypes.StringType, Value::metric)
          .column("value", DataTypes.DoubleType, Value::value);

  /** Deletes the table of an earlier comparison. */
  public static void delete(RunDirectory run) {
    run.deleteTables(List.of(TABLE.name()));
  }

  /** Writes the table {@code baselines}. */
  public static void write(RunDirectory run, List<BaselineScore> scores) {
    TABLE.write(run, scores.stream().flatMap(score -> score.values().stream()).toList());
  }

  private List<Value> values() {
    return evaluation.values().entrySet().stream()
        .filter(metric -> Double.isFinite(metric.getValue()))
        .map(metric -> new Value(name, metric.getKey(), metric.getValue()))
        .toList();
  }
}
