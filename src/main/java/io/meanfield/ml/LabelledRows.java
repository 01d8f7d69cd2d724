package io.meanfield.ml;

import io.meanfield.data.source.DatasetCheck;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.inspection.Inspection;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Model;
import io.meanfield.pipeline.train.EvaluationSummary;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a model does on rows with labels. Driver only. */
final class LabelledRows {
  private static final long SEED = 777; // of the runs, too, unless run.seed is set

  private final TrainedNetwork trained;
  private final Model network;
  private final SparkSession spark;
  private final io.meanfield.data.Dataset examples;

  /**
   * Reads the rows.
   *
   * @throws UserException if the label cannot be used
   */
  LabelledRows(ModelRows rows, ModelRows.Label label) {
    this.trained = rows.trained();
    this.network = network();
    this.spark = rows.frame().sparkSession();
    if (label.isClass()) {
      FeatureSchema.requireClasses(rows.frame().schema(), label.column());
    } else {
      FeatureSchema.requireTargets(rows.frame().schema(), label.column());
    }
    this.examples = rows.labelled(label);
  }

  /** Returns the permutation importance of the columns that the model reads. */
  Dataset<Row> importances() {
    Dataset<Row> importances =
        new Inspection(
                network,
                examples.blocks(),
                examples.count(),
                Optional.of(trained.encoder().encoder()),
                SEED)
            .importance(spark);
    if (importances.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "columnImportances needs at least 2 rows and at most 500 columns, found %d row%s and %d"
              + " columns",
          examples.count(),
          examples.count() == 1 ? "" : "s",
          trained.encoder().columns().size());
    }
    return importances;
  }

  /** Returns the metrics of the predictions, named as the columns of the table evaluation. */
  Map<String, Double> metrics() {
    if (network.network().loss().givesProbabilities()) {
      new DatasetCheck(examples).requireTargetsOfProbabilities();
    }
    try (Predictions predictions = Predictions.of(network, examples)) {
      return EvaluationSummary.metrics(predictions.evaluate());
    }
  }

  /** Returns the model with the kernels of the training where this process can have them. */
  private Model network() {
    Kernels kernels = trained.network().kernels();
    boolean canPin = Processor.here().runs(kernels) && NativeLibraries.canPin(kernels);
    return trained.model().withKernels(canPin ? kernels : Kernels.NATIVE);
  }
}
