package io.meanfield.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanfield.store.Status;
import io.meanfield.store.file.FileContent;
import io.meanfield.tracking.EpochMeasurements;
import io.meanfield.tracking.RunReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sends the reports of runs to one experiment of a tracking server. */
public final class MlflowTracking {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration MODEL_LIMIT = Duration.ofSeconds(60);
  private static final String MODEL = "model";
  private static final String PROXIED = "mlflow-artifacts:";
  private static final String CHAMPION = "champion";
  private static final String VERSION_TAG = "meanfield.version";
  private static final String RUN_ID_TAG = "meanfield.run_id";
  private static final String DIRECTORY_TAG = "meanfield.run_directory";
  private static final String PARENT_TAG = "mlflow.parentRunId"; // of MLflow's nested runs
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
   * Sends a report as a new run of the experiment. Takes at most ten seconds, and a minute more for
   * a model.
   *
   * @param model returns the files of the model of the run; none if it has none
   * @throws IOException if the server cannot be reached or refuses a request, or if the model has
   *     no files; what was sent until then stays there
   */
  public static void send(
      RunReport report, URI uri, String experiment, Supplier<Map<String, FileContent>> model)
      throws IOException {
    new MlflowTracking(new MlflowServer(uri, System.getenv(), LIMIT), experiment)
        .send(report, model);
  }

  private static void upload(MlflowServer server, JsonNode run, Map<String, FileContent> model)
      throws IOException {
    String artifacts = run.path("artifact_uri").asText();
    if (!artifacts.startsWith(PROXIED)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the model is not sent, because clients of this server write files to %s themselves;"
                  + " start the server with --serve-artifacts, or set tracking.mlflow.model ="
                  + " false",
              artifacts));
    }
    String folder = URI.create(artifacts).getPath() + "/" + MODEL;
    for (Map.Entry<String, FileContent> file : model.entrySet()) {
      server.upload(folder + "/" + file.getKey(), file.getValue().bytes());
    }
  }

  /**
   * Moves the alias {@value #CHAMPION} of a model to the version that has the tag of a registered
   * version. Takes at most ten seconds.
   *
   * @param version such as churn@3
   * @throws IOException if the server has no such version, cannot be reached or refuses a request
   */
  public static void moveAlias(URI uri, String model, String version) throws IOException {
    new MlflowTracking(new MlflowServer(uri, System.getenv(), LIMIT), "").moveAlias(model, version);
  }

  void moveAlias(String model, String version) throws IOException {
    for (JsonNode found : server.versions(model)) {
      if (isTagged(found, VERSION_TAG, version)) {
        setAlias(model, found.path("version").asText());
        return;
      }
    }
    throw new IOException(
        "no version of the model %s has the tag %s = %s".formatted(model, VERSION_TAG, version));
  }

  private static boolean isTagged(JsonNode tagged, String key, String value) {
    for (JsonNode tag : tagged.path("tags")) {
      if (tag.path("key").asText().equals(key) && tag.path("value").asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private void setAlias(String model, String number) throws IOException {
    server.post(
        "registered-models/alias", Map.of("name", model, "alias", CHAMPION, "version", number));
  }

  void send(RunReport report) throws IOException {
    send(report, Map::of);
  }

  void send(RunReport report, Supplier<Map<String, FileContent>> model) throws IOException {
    JsonNode created = create(report);
    String run = created.path("run_id").asText();
    for (List<Map<String, Object>> batch :
        batches(RunParameters.of(report.manifest()), MAX_PARAMS)) {
      server.post("runs/log-batch", Map.of("run_id", run, "params", batch));
    }
    for (List<Map<String, Object>> batch : batches(metrics(report), MAX_METRICS)) {
      server.post("runs/log-batch", Map.of("run_id", run, "metrics", batch));
    }
    end(run, report.status());
    nest(report.nested(), created);
    Optional<IOException> notSent = upload(model, created); // before clients load the version
    if (report.registered().isPresent()) {
      new MlflowTracking(server.within(LIMIT), experiment)
          .register(run, report.model().orElseThrow(), report);
    }
    if (notSent.isPresent()) {
      throw notSent.get();
    }
  }

  private void nest(List<RunReport.NestedRun> runs, JsonNode parent) throws IOException {
    String experimentId = parent.path("experiment_id").asText();
    for (RunReport.NestedRun nested : runs) {
      for (JsonNode sent : server.runs(experimentId, RUN_ID_TAG, nested.id().value())) {
        if (isTagged(sent.path("data"), DIRECTORY_TAG, nested.directory())) {
          server.post(
              "runs/set-tag",
              Map.of(
                  "run_id", sent.at("/info/run_id").asText(),
                  "key", PARENT_TAG,
                  "value", parent.path("run_id").asText()));
        }
      }
    }
  }

  private Optional<IOException> upload(Supplier<Map<String, FileContent>> model, JsonNode run) {
    try {
      Map<String, FileContent> files = model.get();
      if (!files.isEmpty()) {
        upload(server.within(MODEL_LIMIT), run, files);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      return Optional.of(new IOException("the model is not sent: " + e.getMessage(), e));
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
                    "runs:/" + run + "/" + MODEL, // a name only, if no model is sent
                    "run_id",
                    run,
                    "tags",
                    List.of(RunParameters.tag(VERSION_TAG, version))))
            .at("/model_version/version")
            .asText();
    if (report.isChampion()) {
      setAlias(model, number);
    }
  }

  private JsonNode create(RunReport report) throws IOException {
    return server
        .post(
            "runs/create",
            Map.of(
                "experiment_id", server.experiment(experiment),
                "run_name", report.id().value(),
                "start_time", report.status().started().toEpochMilli(),
                "tags", tags(report)))
        .at("/run/info");
  }

  private static List<Map<String, Object>> tags(RunReport report) {
    return List.of(
        RunParameters.tag(RUN_ID_TAG, report.id().value()),
        RunParameters.tag(DIRECTORY_TAG, report.directory()),
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
