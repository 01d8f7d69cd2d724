package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.ClassResult;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** The tables {@code evaluation}, {@code evaluation_by_class} and {@code confusion}. */
public final class EvaluationTables {
  static final Table EVALUATION =
      Table.of(
          "evaluation",
          Stream.concat(
                  Stream.of(
                      Table.column("model_run_id", DataTypes.StringType),
                      Table.nullable("model_version", DataTypes.IntegerType),
                      Table.column("dataset_fingerprint", DataTypes.StringType),
                      Table.column("examples", DataTypes.LongType),
                      Table.column("loss", DataTypes.DoubleType),
                      Table.column("evaluated_at", DataTypes.TimestampType)),
                  Metrics.names().stream().map(name -> Table.nullable(name, DataTypes.DoubleType)))
              .toArray(StructField[]::new));
  static final Table BY_CLASS =
      Table.of(
          "evaluation_by_class",
          Table.column("class", DataTypes.IntegerType),
          Table.column("support", DataTypes.LongType),
          Table.column("precision", DataTypes.DoubleType),
          Table.column("recall", DataTypes.DoubleType),
          Table.column("f1", DataTypes.DoubleType),
          Table.nullable("roc_auc", DataTypes.DoubleType));
  static final Table CONFUSION =
      Table.of(
          "confusion",
          Table.column("actual", DataTypes.IntegerType),
          Table.column("predicted", DataTypes.IntegerType),
          Table.column("count", DataTypes.LongType));

  private EvaluationTables() {}

  /**
   * Writes those that the evaluation has rows for: a regression has no classes, and where examples
   * have several labels none is confused with another.
   *
   * @param model the run that the model comes from, or its path
   * @param fingerprint of the examples
   */
  public static void write(
      SparkSession spark,
      RunDirectory run,
      Evaluation evaluation,
      String model,
      String fingerprint,
      Instant now) {
    String id = run.id().value();
    EVALUATION.write(spark, run, List.of(row(id, evaluation, model, fingerprint, now)));
    if (!evaluation.classes().isEmpty()) {
      BY_CLASS.write(spark, run, evaluation.classes().stream().map(cls -> row(id, cls)).toList());
    }
    if (!evaluation.confusion().isEmpty()) {
      CONFUSION.write(spark, run, cells(id, evaluation.confusion()));
    }
  }

  private static Row row(
      String run, Evaluation evaluation, String model, String fingerprint, Instant now) {
    List<Object> cells = new ArrayList<>();
    cells.addAll(
        Arrays.asList(
            run,
            model,
            null,
            fingerprint,
            evaluation.examples(),
            evaluation.loss(),
            Timestamp.from(now)));
    Metrics.names().forEach(name -> cells.add(evaluation.value(name).orElse(null)));
    return RowFactory.create(cells.toArray());
  }

  private static Row row(String run, ClassResult cls) {
    return RowFactory.create(
        run,
        cls.cls(),
        cls.support(),
        cls.precision(),
        cls.recall(),
        cls.f1(),
        cls.rocAuc().orElse(null));
  }

  private static List<Row> cells(String run, List<List<Long>> confusion) {
    List<Row> cells = new ArrayList<>();
    for (int actual = 0; actual < confusion.size(); actual++) {
      for (int predicted = 0; predicted < confusion.size(); predicted++) {
        cells.add(RowFactory.create(run, actual, predicted, confusion.get(actual).get(predicted)));
      }
    }
    return cells;
  }
}
