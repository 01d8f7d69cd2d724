package io.meanfield.tracking.mlflow;

import io.meanfield.store.Status;
import io.meanfield.tracking.EpochMeasurements;
import io.meanfield.tracking.RunReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends the reports of runs to one experiment of a tracking server. */
public final class MlflowTracking {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  // Limits of runs/log-batch.
  private static final int MAX_METRICS = 1000;
  private static final int MAX_PARAMS = 100;

  private final MlflowServer server;
  private final String experiment;

  MlflowTracking(MlflowServer server, String experiment) {
    this.server = server;
    this.experiment = experiment;
  }

  /**
   * Sends a report as a new run of the experiment. Takes at most ten seconds.
   *
   * @throws IOException if the server cannot be reached or refuses a request; what was sent until
   *     then stays there
   */
  public static void send(RunReport report, URI uri, String experiment) throws IOException {
    new MlflowTracking(new MlflowServer(uri, System.getenv(), LIMIT), experiment).send(report);
  }

  void send(RunReport report) throws IOException {
    String run = create(report);
    for (List<Map<String, Object>> batch :
        batches(RunParameters.of(report.manifest()), MAX_PARAMS)) {
      server.post("runs/log-batch", Map.of("run_id", run, "params", batch));
    }
    for (List<Map<String, Object>> batch : batches(metrics(report), MAX_METRICS)) {
      server.post("runs/log-batch", Map.of("run_id", run, "metrics", batch));
    }
    end(run, report.status());
    if (report.registered().isPresent()) {
      register(run, report.model().orElseThrow(), report);
    }
  }

  private void register(String run, String model, RunReport report) throws IOException {
    server.registerModel(model);
    String version = model + "@" + report.registered().orElseThrow();
    String number =
        server
            .post(
                "model-versions/create",
                Map.of(
                    "name",
                    model,
                    "source",
                    "runs:/" + run + "/model", // a name only: no file is sent
                    "run_id",
                    run,
                    "tags",
                    List.of(RunParameters.tag("meanfield.version", version))))
            .at("/model_version/version")
            .asText();
    if (report.isChampion()) {
      server.post(
          "registered-models/alias", Map.of("name", model, "alias", "champion", "version", number));
    }
  }

  private String create(RunReport report) throws IOException {
    return server
        .post(
            "runs/create",
            Map.of(
                "experiment_id", server.experiment(experiment),
                "run_name", report.id().value(),
                "start_time", report.status().started().toEpochMilli(),
                "tags", tags(report)))
        .at("/run/info/run_id")
        .asText();
  }

  private static List<Map<String, Object>> tags(RunReport report) {
    return List.of(
        RunParameters.tag("meanfield.run_id", report.id().value()),
        RunParameters.tag("meanfield.run_directory", report.directory()),
        RunParameters.tag("meanfield.command", report.command()),
        RunParameters.tag("mlflow.note.content", report.status().message()));
  }

  private void end(String run, Status status) throws IOException {
    String state = status.state() == Status.State.SUCCEEDED ? "FINISHED" : "FAILED";
    long time = status.finished().orElseThrow().toEpochMilli();
    server.post("runs/update", Map.of("run_id", run, "status", state, "end_time", time));
  }

  // The metrics of each epoch at their step, and everything else once.
  private static List<Map<String, Object>> metrics(RunReport report) {
    List<Map<String, Object>> metrics = new ArrayList<>();
    for (EpochMeasurements epoch : report.epochs()) {
      epoch
          .metrics()
          .forEach((name, value) -> add(metrics, name, value, epoch.time(), epoch.epoch()));
    }
    Set<String> ofEpochs =
        report.epochs().stream()
            .flatMap(epoch -> epoch.metrics().keySet().stream())
            .collect(Collectors.toSet());
    Instant finished = report.status().finished().orElseThrow();
    report.measurements().stream()
        .filter(measurement -> !ofEpochs.contains(measurement.name()))
        .forEach(each -> add(metrics, each.name(), each.value(), finished, 0));
    return metrics;
  }

  private static void add(
      List<Map<String, Object>> metrics, String name, double value, Instant time, int step) {
    if (Double.isFinite(value)) {
      metrics.add(
          Map.of(
              "key",
              RunParameters.key(name),
              "value",
              value,
              "timestamp",
              time.toEpochMilli(),
              "step",
              step));
    }
  }

  private static <T> List<List<T>> batches(List<T> all, int size) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      batches.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return batches;
  }
}
