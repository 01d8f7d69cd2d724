package io.meanfield.tracking.mlflow;

import io.meanfield.tracking.RegisteredVersion;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.mlflow.MlflowApi.CreateExperiment;
import io.meanfield.tracking.mlflow.MlflowApi.CreatedExperiment;
import io.meanfield.tracking.mlflow.MlflowApi.FoundExperiment;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Sends the reports of runs to one experiment of a tracking server. */
public final class MlflowTracking {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final MlflowServer server;
  private final String experiment;

  MlflowTracking(MlflowServer server, String experiment) {
    this.server = server;
    this.experiment = experiment;
  }

  /**
   * Sends a report. A run that was sent before, by an attempt that failed, is updated. Takes at
   * most ten seconds.
   *
   * @throws IOException if the server cannot be reached or refuses a request; what was sent until
   *     then stays there
   */
  public static void send(RunReport report, URI uri, String experiment) throws IOException {
    new MlflowTracking(new MlflowServer(uri, System.getenv(), LIMIT), experiment).send(report);
  }

  void send(RunReport report) throws IOException {
    MlflowRun run = MlflowRun.findOrCreate(server, experimentId(), report);
    run.log(report);
    run.end(report.status());
    if (report.version().isPresent()) {
      RegisteredVersion version = report.version().get();
      new MlflowModel(server, version).register(run.id());
    }
  }

  private String experimentId() throws IOException {
    try {
      return find();
    } catch (MlflowException e) {
      if (e.has("RESOURCE_DOES_NOT_EXIST")) {
        return create();
      }
      throw e;
    }
  }

  private String find() throws IOException {
    return server
        .get(
            "experiments/get-by-name", Map.of("experiment_name", experiment), FoundExperiment.class)
        .experiment()
        .experimentId();
  }

  private String create() throws IOException {
    try {
      CreateExperiment request = new CreateExperiment(experiment);
      return server.post("experiments/create", request, CreatedExperiment.class).experimentId();
    } catch (MlflowException e) {
      if (e.has("RESOURCE_ALREADY_EXISTS")) {
        return find(); // another run created it in between
      }
      throw e;
    }
  }
}
