package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.frame.FrameSource;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.train.FitCancellation;
import io.meanfield.pipeline.train.FitJob;
import io.meanfield.store.RunId;
import io.meanfield.train.history.EpochResult;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** One call of fit on a DataFrame. Driver only. */
final class FrameFit {
  private final EstimatorParams<?> params;
  private final Dataset<?> frame;
  private final TrainingFrame.FrameColumns columns;

  /**
   * Creates a fit.
   *
   * @param featuresCol the column of features unless several are set
   * @param frame whose label column has the type double
   */
  FrameFit(EstimatorParams<?> params, String featuresCol, String labelCol, Dataset<?> frame) {
    this.params = params;
    this.frame = frame;
    this.columns =
        new TrainingFrame.FrameColumns(
            set(params.idCol()),
            FitFeatures.of(params, featuresCol, labelCol, frame.schema()),
            labelCol,
            set(params.validationIndicatorCol()),
            set(params.weightCol()));
  }

  private Optional<String> set(Param<String> param) {
    return params.isDefined(param)
        ? Optional.of(params.getOrDefault(param)).filter(name -> !name.isEmpty())
        : Optional.empty();
  }

  /**
   * Trains on the frame.
   *
   * @param hasClasses whether the label is a class, not a number
   * @throws UserException if the params, the columns or a value cannot be used, or if the thread is
   *     interrupted, a Spark job of the fit is cancelled, or the session is stopped
   */
  TrainedNetwork run(boolean hasClasses) {
    try (FitCancellation cancellation = new FitCancellation(frame.sparkSession().sparkContext());
        TrainingFrame rows = TrainingFrame.of(frame, columns)) {
      return cancellation.call(() -> run(rows, hasClasses, cancellation));
    }
  }

  private TrainedNetwork run(TrainingFrame rows, boolean hasClasses, FitCancellation cancellation) {
    FrameSummary summary = FrameSummary.of(rows);
    String label = columns.label();
    FitTarget predicted =
        new FitTarget(label, hasClasses ? summary.classes(frame.schema().apply(label)) : 0);
    JobSettings settings = new FitSettings(params).of(predicted, rows);
    predicted.requireLoss(settings.network().loss());
    FitJob.Data data = data(rows, summary, predicted, settings.data().columns());
    FitJob job =
        new FitJob(
            frame.sparkSession(),
            settings,
            data,
            cancellation,
            params.fitLines().listener(params.getVerbose()));
    FitJob.Fitted fitted = runId().map(job::run).orElseGet(job::runWithoutFiles);
    return TrainedNetwork.of(
        fitted.model(),
        FrameEncoder.of(
            fitted.encoder(),
            fitted.model().network().inputs(),
            rows.rows(),
            TrainingFrame.DISPLAY),
        Json.text(new Epochs(fitted.epochs())));
  }

  /** Returns the rows as training and validation examples. */
  private FitJob.Data data(
      TrainingFrame rows, FrameSummary summary, FitTarget target, ColumnRoles roles) {
    Dataset<Row> typed = target.typed(rows.rows());
    if (columns.validation().isEmpty()) {
      return new FitJob.Data(source(typed, roles), Optional.empty());
    }
    summary.requireBoth(columns.validation().get());
    Column mark = ColumnNames.named(columns.validation().get());
    return new FitJob.Data(
        source(typed.where(functions.not(mark)), roles),
        Optional.of(source(typed.where(mark), roles)));
  }

  private static Source source(Dataset<Row> part, ColumnRoles roles) {
    return new FrameSource(part, roles, TrainingFrame.DISPLAY);
  }

  private record Epochs(List<EpochResult> epochs) {}

  private Optional<RunId> runId() {
    boolean hasDirectory = set(params.checkpointDir()).isPresent();
    if (hasDirectory != set(params.runId()).isPresent()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          (hasDirectory ? "checkpointDir" : "runId")
              + " is set without "
              + (hasDirectory ? "runId" : "checkpointDir")
              + "; set both to keep checkpoints, or none");
    }
    return set(params.runId()).map(FrameFit::runId);
  }

  private static RunId runId(String name) {
    if (!RunId.isValid(name)) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "runId must be 1 to 100 letters, digits, dots, dashes or underscores and start with a"
              + " letter or digit, found \""
              + name
              + "\"");
    }
    return new RunId(name);
  }
}
