package io.meanfield.pipeline.run;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Redaction;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.store.file.FileContent;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.tracking.mlflow.MlflowTracking;
import io.meanfield.tracking.prometheus.MetricsFile;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a run in its directory and to MLflow. A failure to report is logged as a warning and does
 * not fail the run. Driver only.
 */
final class RunTracking {
  private static final Logger LOG = LoggerFactory.getLogger(RunTracking.class);

  private final MlflowSettings mlflow;
  private final Measurements measurements;
  private final Supplier<Map<String, FileContent>> model;

  /** Reports a run without a model. */
  RunTracking(MlflowSettings mlflow, Measurements measurements) {
    this(mlflow, measurements, Map::of);
  }

  /**
   * Creates the reports of a run.
   *
   * @param model returns the files of the model of the run when it has ended; none if it has none
   */
  RunTracking(
      MlflowSettings mlflow, Measurements measurements, Supplier<Map<String, FileContent>> model) {
    this.mlflow = mlflow;
    this.measurements = measurements;
    this.model = model;
  }

  /**
   * Writes the measurements into the run.
   *
   * @param status with which the run ends
   * @return what to send; empty if the run's directory cannot be read
   */
  Optional<RunReport> write(RunDirectory held, Status status) {
    Optional<RunReport> report = Optional.empty();
    try {
      measurements.metrics(status.result().metrics());
      report = Optional.of(RunReport.of(held, status, measurements));
      held.replace(MetricsFile.NAME, MetricsFile.content(report.get()));
    } catch (RuntimeException
        | LinkageError e) { // the cluster may have other classes of the client
      if (!wasTakenOver(e)) {
        LOG.warn(
            "the metrics of run {} are not in {}/{}: {}",
            held.id(),
            held.display(),
            MetricsFile.NAME,
            Redaction.of(String.valueOf(e.getMessage())));
      }
    }
    return report;
  }

  // Then the write of the status fails as well and is the error of the run.
  private static boolean wasTakenOver(Throwable failure) {
    return failure instanceof UserException error && error.code() == ErrorCode.RUN_BUSY;
  }

  /** Sends a run that has ended to MLflow, if the settings name a server. */
  void send(RunReport report) {
    if (!report.isInterrupted()) {
      mlflow.uri().ifPresent(uri -> send(report, uri));
    }
  }

  private Map<String, FileContent> model(RunReport report) {
    boolean isWanted = mlflow.model() && report.status().state() == Status.State.SUCCEEDED;
    return isWanted ? model.get() : Map.of();
  }

  private void send(RunReport report, URI uri) {
    try {
      MlflowTracking.send(report, uri, mlflow.experiment(), () -> model(report));
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn(
          "run {} is not complete in MLflow at {}: {}; the run itself is not affected, check"
              + " tracking.mlflow.uri and the server",
          report.id(),
          uri,
          Redaction.of(String.valueOf(e.getMessage())));
    }
  }
}
