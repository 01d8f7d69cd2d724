package io.meanfield.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.pipeline.page.NetworkLine;
import io.meanfield.pipeline.train.FitRecord;
import io.meanfield.store.table.RowTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is known of the training of a model. Spark's own summaries have the first three names.
 *
 * @param totalIterations the number of epochs
 * @param objectiveHistory the training loss of each epoch
 * @param labels of the classes; empty for a regression
 * @param keptEpoch the epoch whose weights the model has: the best one with early stopping, else
 *     the last one
 * @param rows that trained the model
 * @param validationRows that it was validated on; with folds all rows, each by a network that has
 *     not learned from it
 * @param metrics of the epoch that was kept, and of the validation of the model, by the names that
 *     {@code train} gives them
 * @param message how the training ended, in one sentence
 * @param network the layers, in one line
 * @param weightsSha256 as {@code train} prints it
 */
public record TrainingSummary(
    int totalIterations,
    List<Double> objectiveHistory,
    List<String> labels,
    int keptEpoch,
    long rows,
    long validationRows,
    Map<String, Double> metrics,
    String message,
    String network,
    String weightsSha256) {
  static final RowTable<TrainingSummary> TABLE =
      RowTable.<TrainingSummary>named("summary")
          .column("totalIterations", DataTypes.IntegerType, TrainingSummary::totalIterations)
          .column(
              "objectiveHistory",
              DataTypes.createArrayType(DataTypes.DoubleType, false),
              summary -> summary.objectiveHistory().toArray())
          .column(
              "labels",
              DataTypes.createArrayType(DataTypes.StringType, false),
              summary -> summary.labels().toArray())
          .column("keptEpoch", DataTypes.IntegerType, TrainingSummary::keptEpoch)
          .column("rows", DataTypes.LongType, TrainingSummary::rows)
          .column("validationRows", DataTypes.LongType, TrainingSummary::validationRows)
          .column(
              "metrics",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
              TrainingSummary::metrics)
          .column("message", DataTypes.StringType, TrainingSummary::message)
          .column("network", DataTypes.StringType, TrainingSummary::network)
          .column("weightsSha256", DataTypes.StringType, TrainingSummary::weightsSha256);

  static TrainingSummary of(TrainedNetwork trained, List<String> labels) {
    FitRecord fit = trained.fit();
    Config manifest = ConfigFactory.parseMap(fit.manifest());
    Config examples = manifest.getConfig("data.train");
    Map<String, Double> metrics = fit.status().metrics();
    return new TrainingSummary(
        fit.epochs().size(),
        fit.epochs().stream().map(epoch -> epoch.trainLoss()).toList(),
        labels,
        metrics.get("epoch").intValue(),
        examples.getLong("training"),
        examples.getLong(examples.hasPath("folds") ? "training" : "validation"),
        metrics,
        fit.status().message(),
        NetworkLine.of(manifest).orElseThrow(),
        trained.state().weightsSha256());
  }

  /** Returns network, rows and result in one line. */
  @Override
  public String toString() {
    String validation =
        validationRows == rows
            ? "each validated by a fold that left it out"
            : validationRows + " for validation";
    return "network %s; %d rows, %s; %s".formatted(network, rows, validation, message);
  }
}
