package io.meanfield.ml;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.frame.FrameSource;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.inspection.Inspection;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The permutation importance of the columns that a model reads. Driver only. */
final class ColumnImportances {
  private static final long SEED = 777; // of the runs, too, unless run.seed is set

  private final TrainedModel<?> model;
  private final TableEncoder encoder;
  private final String label;

  ColumnImportances(TrainedModel<?> model) {
    this.model = model;
    this.encoder = model.trained().encoder().encoder();
    this.label = model.getLabelCol();
  }

  /**
   * Reads a frame as training read its own, and measures the columns.
   *
   * @param frame with the model's columns of features
   */
  Dataset<Row> of(Dataset<?> frame) {
    if (hasClasses()) {
      FeatureSchema.requireClasses(frame.schema(), label);
    } else {
      FeatureSchema.requireTargets(frame.schema(), label);
    }
    return of(renamed(frame), network());
  }

  private boolean hasClasses() {
    return model instanceof ClassificationModel;
  }

  private List<String> vocabularies() {
    return encoder.categorical().stream().map(Vocabulary::column).toList();
  }

  /** Returns the columns that are read, under the names that they had in training. */
  private Dataset<Row> renamed(Dataset<?> frame) {
    List<Column> columns = new ArrayList<>();
    for (String name : model.trained().encoder().columns()) {
      String here = model.getFeaturesCols().length > 0 ? name : model.getFeaturesCol();
      columns.add(ColumnNames.named(here).as(name));
    }
    columns.add(ColumnNames.named(label));
    return frame.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> of(Dataset<Row> rows, Model network) {
    ReadContext context =
        ReadContext.of(
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()),
                network.network().settings().labelClasses())
            .withEncoder(Optional.of(encoder))
            .withTargets();
    io.meanfield.data.Dataset examples =
        new FrameSource(rows, roles(), TrainingFrame.DISPLAY).open(context);
    Dataset<Row> importances =
        new Inspection(network, examples.blocks(), examples.count(), Optional.of(encoder), SEED)
            .importance(rows.sparkSession());
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

  private ColumnRoles roles() {
    return new ColumnRoles(
        Optional.empty(),
        Optional.of(encoder.features()),
        vocabularies(),
        hasClasses() ? Optional.of(label) : Optional.empty(),
        hasClasses() ? List.of() : List.of(label),
        encoder.handleUnknown());
  }

  /** Returns the model with the kernels of the training where this process can have them. */
  private Model network() {
    Kernels trained = model.trained().network().kernels();
    boolean canPin = Processor.here().runs(trained) && NativeLibraries.canPin(trained);
    return model.trained().model().withKernels(canPin ? trained : Kernels.NATIVE);
  }
}
