package io.meanfield.evaluate;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The tables {@code evaluation}, {@code evaluation_by_class} and {@code confusion}. */
public final class EvaluationTables {
  static final Table EVALUATION =
      Table.of(
          "evaluation",
          Table.column("model_run_id", DataTypes.StringType),
          Table.nullable("model_version", DataTypes.IntegerType),
          Table.column("dataset_fingerprint", DataTypes.StringType),
          Table.column("examples", DataTypes.LongType),
          Table.column("loss", DataTypes.DoubleType),
          Table.column("evaluated_at", DataTypes.TimestampType),
          Table.nullable("accuracy", DataTypes.DoubleType),
          Table.nullable("macro_precision", DataTypes.DoubleType),
          Table.nullable("macro_recall", DataTypes.DoubleType),
          Table.nullable("macro_f1", DataTypes.DoubleType),
          Table.nullable("roc_auc_macro", DataTypes.DoubleType),
          Table.nullable("log_loss", DataTypes.DoubleType),
          Table.nullable("expected_calibration_error", DataTypes.DoubleType),
          Table.nullable("hamming_loss", DataTypes.DoubleType),
          Table.nullable("mse", DataTypes.DoubleType),
          Table.nullable("mae", DataTypes.DoubleType),
          Table.nullable("r2", DataTypes.DoubleType));
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
    return RowFactory.create(
        run,
        model,
        null,
        fingerprint,
        evaluation.examples(),
        evaluation.loss(),
        Timestamp.from(now),
        evaluation.accuracy().orElse(null),
        evaluation.macroPrecision().orElse(null),
        evaluation.macroRecall().orElse(null),
        evaluation.macroF1().orElse(null),
        evaluation.rocAucMacro().orElse(null),
        evaluation.logLoss().orElse(null),
        evaluation.expectedCalibrationError().orElse(null),
        evaluation.hammingLoss().orElse(null),
        evaluation.errors().map(Evaluation.Errors::mse).orElse(null),
        evaluation.errors().map(Evaluation.Errors::mae).orElse(null),
        evaluation.errors().flatMap(Evaluation.Errors::r2).orElse(null));
  }

  private static Row row(String run, Evaluation.ClassResult cls) {
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
