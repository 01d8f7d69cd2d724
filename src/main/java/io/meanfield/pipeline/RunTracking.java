package io.meanfield.pipeline;

import io.meanfield.error.Redaction;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.tracking.mlflow.MlflowTracking;
import io.meanfield.tracking.prometheus.MetricsFile;
import io.meanfield.tracking.spark.SparkGauges;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports one run: as gauges of Spark, in its directory, and to MLflow. Whatever fails here costs a
 * warning and never the run. Driver only.
 */
final class RunTracking {
  private static final Logger LOG = LoggerFactory.getLogger(RunTracking.class);

  private final MlflowSettings mlflow;
  private final Measurements measurements;
  private volatile Optional<RunReport> report = Optional.empty();

  RunTracking(MlflowSettings mlflow, Measurements measurements) {
    this.mlflow = mlflow;
    this.measurements = measurements;
  }

  /** Shows the measurements in Spark's metrics from now on. */
  void began(Status running) {
    measurements.started(running.started());
    SparkGauges.show(measurements, running.started());
  }

  /**
   * Writes the measurements into the run.
   *
   * @param status with which the run ends
   */
  void ended(RunDirectory held, Status status) {
    try {
      measurements.metrics(status.result().metrics());
      RunReport complete = RunReport.of(held, status, measurements);
      report = Optional.of(complete);
      held.replace(MetricsFile.NAME, MetricsFile.content(complete));
    } catch (RuntimeException e) {
      LOG.warn(
          "the metrics of run {} are not in {}/{}: {}",
          held.id(),
          held.display(),
          MetricsFile.NAME,
          Redaction.of(String.valueOf(e.getMessage())));
    }
  }

  /** Sends the run to MLflow, if it has ended and the settings name a server. */
  void send() {
    report
        .filter(complete -> !complete.isInterrupted())
        .ifPresent(complete -> mlflow.uri().ifPresent(uri -> send(complete, uri)));
  }

  private void send(RunReport complete, URI uri) {
    try {
      MlflowTracking.send(complete, uri, mlflow.experiment());
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "run {} is not complete in MLflow at {}: {}; the run itself is not affected, check"
              + " tracking.mlflow.uri and the server",
          complete.id(),
          uri,
          Redaction.of(String.valueOf(e.getMessage())));
    }
  }
}
