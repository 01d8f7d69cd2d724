package io.meanfield.ml;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.frame.FrameSource;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.inspection.Inspection;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Model;
import io.meanfield.pipeline.train.EvaluationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a model does on rows with labels, which are read as training read its own. Driver only. */
final class LabelledRows {
  private static final long SEED = 777; // of the runs, too, unless run.seed is set

  private final TrainedNetwork trained;
  private final TableEncoder encoder;
  private final Columns columns;
  private final Model network;
  private final SparkSession spark;
  private final io.meanfield.data.Dataset examples;

  /**
   * The columns of a frame that a model reads.
   *
   * @param hasClasses whether the label is a class, not a number
   * @param features the only column of features; empty if they have the names of the training
   */
  record Columns(String label, boolean hasClasses, Optional<String> features) {}

  /**
   * Reads the rows.
   *
   * @param frame with the model's columns of features
   * @throws UserException if the label cannot be used
   */
  LabelledRows(TrainedNetwork trained, Columns columns, Dataset<?> frame) {
    this.trained = trained;
    this.encoder = trained.encoder().encoder();
    this.columns = columns;
    this.network = network();
    this.spark = frame.sparkSession();
    if (columns.hasClasses()) {
      FeatureSchema.requireClasses(frame.schema(), columns.label());
    } else {
      FeatureSchema.requireTargets(frame.schema(), columns.label());
    }
    this.examples = examples(renamed(frame));
  }

  private List<String> vocabularies() {
    return encoder.categorical().stream().map(Vocabulary::column).toList();
  }

  /** Returns the columns that are read, under the names that they had in training. */
  private Dataset<Row> renamed(Dataset<?> frame) {
    List<Column> selected = new ArrayList<>();
    for (String name : trained.encoder().columns()) {
      selected.add(ColumnNames.named(columns.features().orElse(name)).as(name));
    }
    selected.add(ColumnNames.named(columns.label()));
    return frame.select(selected.toArray(Column[]::new));
  }

  private io.meanfield.data.Dataset examples(Dataset<Row> rows) {
    ReadContext context =
        ReadContext.of(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                network.network().settings().labelClasses())
            .withEncoder(Optional.of(encoder))
            .withTargets();
    return new FrameSource(rows, roles(), TrainingFrame.DISPLAY).open(context);
  }

  /** Returns the permutation importance of the columns that the model reads. */
  Dataset<Row> importances() {
    Dataset<Row> importances =
        new Inspection(network, examples.blocks(), examples.count(), Optional.of(encoder), SEED)
            .importance(spark);
    if (importances.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "columnImportances needs at least 2 rows and at most 500 columns, found %s rows"
              + " and %s inputs",
          examples.count(),
          network.network().inputs());
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

  private ColumnRoles roles() {
    return new ColumnRoles(
        Optional.empty(),
        Optional.of(encoder.features()),
        vocabularies(),
        columns.hasClasses() ? Optional.of(columns.label()) : Optional.empty(),
        columns.hasClasses() ? List.of() : List.of(columns.label()),
        encoder.handleUnknown());
  }

  /** Returns the model with the kernels of the training where this process can have them. */
  private Model network() {
    Kernels kernels = trained.network().kernels();
    boolean canPin = Processor.here().runs(kernels) && NativeLibraries.canPin(kernels);
    return trained.model().withKernels(canPin ? kernels : Kernels.NATIVE);
  }
}
