package io.meanfield.ml;

import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.FitCancellation;
import io.meanfield.pipeline.train.FitJob;
import io.meanfield.store.RunId;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of fit on a DataFrame. Driver only. */
final class FrameFit {
  private static final Logger LOG = LoggerFactory.getLogger(FrameFit.class);

  private final EstimatorParams<?> params;
  private final Dataset<Row> frame;
  private final FitColumns columns;

  FrameFit(EstimatorParams<?> params, Dataset<Row> frame, FitColumns columns) {
    this.params = params;
    this.frame = frame;
    this.columns = columns;
  }

  /**
   * Trains on the frame.
   *
   * @throws UserException if the params, the columns or a value cannot be used, or if the thread is
   *     interrupted, a Spark job of the fit is cancelled, the session is stopped, or memory is full
   */
  TrainedNetwork run() {
    try (FitCancellation cancellation = new FitCancellation(frame.sparkSession().sparkContext());
        TrainingFrame rows = TrainingFrame.of(frame, columns)) {
      return cancellation.call(() -> run(rows, cancellation));
    } catch (RuntimeException e) {
      throw UserException.in(e).map(ParamNames::in).map(RuntimeException.class::cast).orElse(e);
    } catch (OutOfMemoryError e) {
      throw UserException.in(e).orElseThrow(() -> e);
    }
  }

  private TrainedNetwork run(TrainingFrame rows, FitCancellation cancellation) {
    if (SparkConnect.isClient(frame.sparkSession().sparkContext())) {
      FitProgress.follow(frame.sparkSession(), params.uid(), params.fitLines());
    }
    JobSettings settings = new FitSettings(params).of(columns);
    FitJob job =
        new FitJob(
            frame.sparkSession(),
            settings,
            rows.data(columns.validation(), settings.data().columns()),
            cancellation,
            params.fitLines().listener(params.getVerbose()));
    FitJob.Fitted fitted = runId().map(job::run).orElseGet(job::runWithoutFiles);
    fitted.encoder().encoder().labels().ifPresent(this::warnOfNumbers);
    return TrainedNetwork.of(fitted.model(), fitted.encoder(), fitted.record());
  }

  // Spark ML's evaluators compare predictions with labels.
  private void warnOfNumbers(Vocabulary labels) {
    if (frame.schema().apply(columns.label()).dataType() instanceof NumericType) {
      LOG.warn(
          "labelCol names the column {} with the labels {}, but predictions are 0, 1, 2 …, which"
              + " number the model's labels",
          columns.label(),
          labels.display());
    }
  }

  private Optional<RunId> runId() {
    boolean hasDirectory = FitColumns.set(params, params.checkpointDir()).isPresent();
    if (hasDirectory != FitColumns.set(params, params.runId()).isPresent()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s is set without %s; set both to keep checkpoints, or none",
          hasDirectory ? "checkpointDir" : "runId",
          hasDirectory ? "runId" : "checkpointDir");
    }
    FitColumns.set(params, params.checkpointDir())
        .ifPresent(
            directory -> CheckpointRoot.require(frame.sparkSession().sparkContext(), directory));
    return FitColumns.set(params, params.runId()).map(FrameFit::runId);
  }

  private static RunId runId(String name) {
    if (!RunId.isValid(name)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "runId must be 1 to 100 letters, digits, dots, dashes or underscores and start with a"
              + " letter or digit, found \"%s\"",
          name);
    }
    return new RunId(name);
  }
}
