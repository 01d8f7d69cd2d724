package io.meanfield.evaluate;

import io.meanfield.evaluate.interval.IntervalResult;
import io.meanfield.evaluate.metric.CalibrationBin;
import io.meanfield.evaluate.metric.ClassResult;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.TargetErrors;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/**
 * Writes the tables {@code evaluation}, {@code evaluation_by_class}, {@code evaluation_by_target},
 * {@code evaluation_by_level}, {@code confusion} and {@code calibration}.
 */
public final class EvaluationTables {
  /** The row of table {@code evaluation}. */
  record Source(
      Evaluation evaluation, ModelSource model, String fingerprint, Instant evaluatedAt) {}

  /** A cell of a confusion matrix. */
  record Cell(int actual, int predicted, long count) {}

  static final RowTable<ClassResult> BY_CLASS =
      RowTable.<ClassResult>named("evaluation_by_class")
          .column("class", DataTypes.IntegerType, ClassResult::cls)
          .column("support", DataTypes.LongType, ClassResult::support)
          .column("precision", DataTypes.DoubleType, ClassResult::precision)
          .column("recall", DataTypes.DoubleType, ClassResult::recall)
          .column("f1", DataTypes.DoubleType, ClassResult::f1)
          .nullable("roc_auc", DataTypes.DoubleType, row -> row.ranking().rocAuc())
          .nullable("pr_auc", DataTypes.DoubleType, row -> row.ranking().averagePrecision())
          .nullable("lift_at_10_percent", DataTypes.DoubleType, row -> row.ranking().lift())
          .column("weight", DataTypes.DoubleType, ClassResult::weight);
  static final RowTable<TargetErrors> BY_TARGET =
      RowTable.<TargetErrors>named("evaluation_by_target")
          .column("target", DataTypes.IntegerType, TargetErrors::target)
          .column("rmse", DataTypes.DoubleType, TargetErrors::rmse)
          .column("mae", DataTypes.DoubleType, TargetErrors::mae)
          .nullable("r2", DataTypes.DoubleType, TargetErrors::r2);
  static final RowTable<IntervalResult> BY_LEVEL =
      RowTable.<IntervalResult>named("evaluation_by_level")
          .column("level", DataTypes.DoubleType, IntervalResult::level)
          .column("target", DataTypes.IntegerType, IntervalResult::target)
          .column("coverage", DataTypes.DoubleType, IntervalResult::coverage)
          .nullable("mean_width", DataTypes.DoubleType, IntervalResult::meanWidth)
          .nullable("interval_score", DataTypes.DoubleType, IntervalResult::intervalScore)
          .nullable("mean_size", DataTypes.DoubleType, IntervalResult::meanSize)
          .nullable("single", DataTypes.DoubleType, IntervalResult::single);
  static final RowTable<Cell> CONFUSION =
      RowTable.<Cell>named("confusion")
          .column("actual", DataTypes.IntegerType, Cell::actual)
          .column("predicted", DataTypes.IntegerType, Cell::predicted)
          .column("count", DataTypes.LongType, Cell::count);
  static final RowTable<CalibrationBin> CALIBRATION =
      RowTable.<CalibrationBin>named("calibration")
          .column("class", DataTypes.IntegerType, CalibrationBin::cls)
          .column("bin", DataTypes.IntegerType, CalibrationBin::bin)
          .column("lower", DataTypes.DoubleType, CalibrationBin::lower)
          .column("upper", DataTypes.DoubleType, CalibrationBin::upper)
          .column("examples", DataTypes.LongType, CalibrationBin::examples)
          .column("mean_predicted", DataTypes.DoubleType, CalibrationBin::meanPredicted)
          .column("observed", DataTypes.DoubleType, CalibrationBin::observed);

  private EvaluationTables() {}

  static RowTable<Source> evaluationTable() {
    RowTable<Source> table =
        RowTable.<Source>named("evaluation")
            .column("model_run_id", DataTypes.StringType, row -> row.model().run())
            .nullable("model_version", DataTypes.IntegerType, row -> row.model().version())
            .column("dataset_fingerprint", DataTypes.StringType, Source::fingerprint)
            .column("examples", DataTypes.LongType, row -> row.evaluation().examples())
            .column("loss", DataTypes.DoubleType, row -> row.evaluation().loss())
            .column(
                "evaluated_at", DataTypes.TimestampType, row -> Timestamp.from(row.evaluatedAt()))
            .nullable("threshold", DataTypes.FloatType, row -> row.evaluation().threshold());
    for (String metric : Metrics.names()) {
      table = table.nullable(metric, DataTypes.DoubleType, row -> row.evaluation().value(metric));
    }
    return table.nullable("weight", DataTypes.DoubleType, row -> row.evaluation().weight());
  }

  /**
   * Writes the tables that have rows: a regression has no classes, and examples with several labels
   * have no confusion matrix, and only class probabilities have a calibration.
   *
   * @param model the origin of the model
   * @param fingerprint fingerprint of the examples
   */
  public static void write(
      RunDirectory run, Evaluation evaluation, ModelSource model, String fingerprint, Instant now) {
    evaluationTable().write(run, List.of(new Source(evaluation, model, fingerprint, now)));
    writeClasses(run, evaluation);
    writeCalibration(run, evaluation);
  }

  /**
   * Writes the tables {@code evaluation_by_class}, {@code evaluation_by_target}, {@code
   * evaluation_by_level} and {@code confusion} if they have rows; those of an earlier evaluation in
   * the run are replaced.
   */
  public static void writeClasses(RunDirectory run, Evaluation evaluation) {
    if (!evaluation.classes().isEmpty()) {
      BY_CLASS.write(run, evaluation.classes());
    }
    if (!evaluation.targets().isEmpty()) {
      BY_TARGET.write(run, evaluation.targets());
    }
    if (!evaluation.intervals().isEmpty()) {
      BY_LEVEL.write(run, evaluation.intervals());
    }
    if (!evaluation.confusion().isEmpty()) {
      CONFUSION.write(run, cells(evaluation.confusion()));
    }
  }

  /** Deletes the tables that {@link #writeClasses} writes. */
  public static void deleteClasses(RunDirectory run) {
    run.deleteTables(List.of(BY_CLASS.name(), BY_TARGET.name(), BY_LEVEL.name(), CONFUSION.name()));
  }

  /** Writes the table {@code calibration} if it has rows. */
  public static void writeCalibration(RunDirectory run, Evaluation evaluation) {
    if (!evaluation.calibration().isEmpty()) {
      CALIBRATION.write(run, evaluation.calibration());
    }
  }

  private static List<Cell> cells(List<List<Long>> confusion) {
    List<Cell> cells = new ArrayList<>();
    for (int actual = 0; actual < confusion.size(); actual++) {
      for (int predicted = 0; predicted < confusion.size(); predicted++) {
        cells.add(new Cell(actual, predicted, confusion.get(actual).get(predicted)));
      }
    }
    return cells;
  }
}
