package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.cli.CommandResult;
import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.fixture.TestPython;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.search.SearchJob;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.Manifest;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.TestReports;
import io.meanfield.tracking.mlflow.MlflowTracking;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the nights of a model report: metrics beside the status, and runs on a server of MLflow,
 * read by MLflow's own client.
 */
@Tag("cluster")
class RetrainTrackingIT {
  private static final Pattern OWN_LABEL = Pattern.compile("(?:part|column|data)=\"([^\"]*)\"");

  @TempDir private static Path serverFolder;
  private static Process server;
  private static URI mlflow;

  @TempDir private Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    TestPython.require(TestPython.BIN);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    mlflow = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(
            TestPython.BIN.resolve("mlflow").toString(),
            "server",
            "--backend-store-uri",
            "sqlite:///" + serverFolder.resolve("mlflow.db"),
            "--artifacts-destination",
            serverFolder.resolve("artifacts").toString(),
            "--workers",
            "1",
            "--port",
            String.valueOf(port));
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    builder.redirectErrorStream(true).redirectOutput(Path.of("target/mlflow-server.log").toFile());
    server = builder.start();
    while (!answers()) {
      boolean ended = server.waitFor(200, TimeUnit.MILLISECONDS);
      assertThat(ended).as("see target/mlflow-server.log").isFalse();
    }
  }

  private static boolean answers() {
    try {
      byte[] answer = mlflow.resolve("/health").toURL().openStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8).equals("OK");
    } catch (IOException notYet) {
      return false;
    }
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      List<ProcessHandle> workers = server.descendants().toList();
      server.destroyForcibly().onExit().join();
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Returns the runs of an experiment, the oldest first. */
  private static JsonNode runs(String experiment) throws Exception {
    return new ObjectMapper().readTree(TestPython.run("mlflow_runs.py", mlflow, experiment));
  }

  private static String points(JsonNode run, String metric) {
    return run.at("/metrics/" + metric).toString();
  }

  /** Returns the number, the tags and the aliases of each version that a run has registered. */
  private static String versions(JsonNode run) {
    return run.get("versions").toString().replace('"', '\'');
  }

  private JobSettings settings(StepData data, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "retrain.floor = 0.4",
                "tracking.mlflow { uri = \"" + mlflow + "\", experiment = nights }"));
    all.addAll(List.of(more));
    return data.settings(
        folder.resolve("runs").toString(),
        folder.resolve("models").toString(),
        all.toArray(String[]::new));
  }

  private Outcome retrain(StepData data, String date, String... more) {
    JobSettings settings = settings(data, more);
    RetrainOptions options = new RetrainOptions(LocalDate.parse(date), false, false);
    return new RetrainJob(TestJobs.context(settings, date), options, new TrainingListener() {})
        .run();
  }

  private Map<String, Double> metrics(String run) throws IOException {
    return Files.readAllLines(folder.resolve("runs").resolve(run).resolve("metrics.prom")).stream()
        .filter(line -> line.contains("model=\"steps\""))
        .collect(
            Collectors.toMap(
                line -> line.substring(10, line.indexOf('{')) + column(line),
                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
  }

  // The label that differs inside a run.
  private static String column(String line) {
    Matcher label = OWN_LABEL.matcher(line);
    return label.find() ? " " + label.group(1) : "";
  }

  @Test
  void trialsAreNestedInTheRunOfTheirSearch() throws Exception {
    List<String> rows = new ArrayList<>(List.of("a,y"));
    IntStream.range(0, 60).forEach(i -> rows.add(i % 7 + "," + i % 7 * 2));
    Path table = Files.write(folder.resolve("table.csv"), rows);
    for (String directory : List.of("ours", "theirs")) { // with the same ids
      JobSettings settings =
          JobSettings.load(
              List.of(),
              List.of(
                  "run { page = none, directory = \"" + folder.resolve(directory) + "\" }",
                  "data { format = csv, train.path = \"" + table + "\" }",
                  "data { columns.targets = [y], validation-fraction = 0.3 }",
                  "network { preset = none, hidden-layers = [] }",
                  "train { epochs = 5, workers = 1 }",
                  "search { trials = 4, space.network.optimizer.learning-rate = [0.1, 0.01] }",
                  "tracking.mlflow { uri = \"" + mlflow + "\", experiment = searches }"));
      new SearchJob(TestJobs.context(settings, "lines"), line -> {}).run();
    }
    Map<String, List<JsonNode>> byDirectory = new HashMap<>();
    for (JsonNode run : runs("searches")) {
      String directory = run.at("/tags/meanfield.run_directory").asText();
      byDirectory
          .computeIfAbsent(directory.replaceAll("/lines.*", ""), key -> new ArrayList<>())
          .add(run);
    }
    assertThat(byDirectory).hasSize(2);
    for (List<JsonNode> sent : byDirectory.values()) {
      JsonNode search = sent.get(sent.size() - 1);
      assertThat(search.get("name").asText()).isEqualTo("lines");
      assertThat(search.at("/tags/mlflow.parentRunId").isMissingNode()).isTrue();
      assertThat(sent.subList(0, sent.size() - 1))
          .hasSizeBetween(1, 3) // half of the trials are stopped
          .allMatch(trial -> trial.get("name").asText().startsWith("lines-trial-"))
          .allMatch(trial -> trial.at("/tags/mlflow.parentRunId").equals(search.get("id")));
    }
  }

  @Test
  @Tag("promise")
  void nightsAreInTheMetricsAndInMlflow() throws Exception {
    StepData data = new StepData(folder);
    data.writeTestExamples();
    data.arrive("2026-01-01");
    Outcome promoted = retrain(data, "2026-01-01");
    double accuracy = promoted.result().metrics().get("accuracy");
    double trainLoss = promoted.result().metrics().get("train_loss");
    assertThat(promoted.exitCode()).isZero();
    assertThat(metrics("2026-01-01"))
        .containsEntry("promoted", 1.0)
        .containsEntry("model_version", 1.0)
        .containsEntry("champion_version", 1.0)
        .containsEntry("accuracy test", accuracy)
        .containsEntry("loss train", trainLoss)
        .containsKey("champion_since_timestamp_seconds");

    assertThat(retrain(data, "2026-01-02").exitCode()).isEqualTo(99); // no new data
    assertThat(metrics("2026-01-02"))
        .containsEntry("promoted", 0.0)
        .containsEntry("run_exit_code", 99.0)
        .containsEntry("run_succeeded", 1.0)
        .containsEntry("champion_version", 1.0)
        .containsEntry(
            "champion_since_timestamp_seconds",
            metrics("2026-01-01").get("champion_since_timestamp_seconds"))
        .doesNotContainKey("model_version");

    // No example of class 1, and the same x.
    StepData.write(
        data.partition("2026-01-03"),
        StepData.rows(400, LocalDate.parse("2026-01-01").toEpochDay())
            .map(row -> row.replaceFirst(",1$", ",0")));
    Files.delete(data.partition("2026-01-01"));
    assertThatThrownBy(() -> retrain(data, "2026-01-03")).isInstanceOf(UserException.class);
    Map<String, Double> refused = metrics("2026-01-03");
    assertThat(refused)
        .containsEntry("run_exit_code", 3.0)
        .containsEntry("run_succeeded", 0.0)
        .containsEntry("promoted", 0.0);
    assertThat(refused.get("drift_psi label")).isGreaterThan(0.25);
    assertThat(refused.get("drift_psi x")).isLessThan(0.01);

    JsonNode runs = runs("nights");
    assertThat(runs.findValuesAsText("name"))
        .containsExactly("2026-01-01", "2026-01-02", "2026-01-03");
    assertThat(runs.findValuesAsText("status")).containsExactly("FINISHED", "FINISHED", "FAILED");
    JsonNode first = runs.get(0);
    assertThat(first.at("/tags/meanfield.run_id").asText()).isEqualTo("2026-01-01");
    assertThat(first.at("/tags/meanfield.run_directory").asText())
        .isEqualTo(folder.resolve("runs/2026-01-01").toString());
    assertThat(first.at("/tags/meanfield.command").asText()).isEqualTo("retrain");
    assertThat(first.at("/tags/mlflow.note.content").asText()).isEqualTo(promoted.message());
    assertThat(first.at("/params/train.epochs").asText()).isEqualTo("2");
    assertThat(first.at("/params/network.layers").asText())
        .isEqualTo("[{\"activation\":\"sigmoid\",\"dense\":1}]");
    assertThat(points(first, "train_loss")).matches("\\[\\[1,.*],\\[2," + trainLoss + "]]");
    assertThat(points(first, "accuracy")).isEqualTo("[[0," + accuracy + "]]");
    assertThat(points(first, "model_version")).isEqualTo("[[0,1.0]]");
    assertThat(points(first, "promoted")).isEqualTo("[[0,1.0]]");
    assertThat(versions(first)).isEqualTo("[['1',{'meanfield.version':'steps@1'},['champion']]]");
    assertThat(versions(runs.get(1))).isEqualTo("[]");
    assertThat(points(runs.get(1), "promoted")).isEqualTo("[[0,0.0]]");
    assertThat(points(runs.get(2), "drift_psi_label"))
        .isEqualTo("[[0," + refused.get("drift_psi label") + "]]");
  }

  private String models(String... arguments) {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--reason", "by hand", "--set", "tracking.mlflow.uri=\"" + mlflow + "\""));
    CommandResult result = CommandResult.of(folder, all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  /** Returns the tag of MLflow's champion, and its largest difference from predict. */
  private JsonNode champion(String model, String predictions) throws Exception {
    return new ObjectMapper()
        .readTree(
            TestPython.run(
                "mlflow_champion.py",
                mlflow,
                model,
                folder.resolve("test.csv"),
                folder.resolve("runs/" + predictions + "/tables/predictions")));
  }

  @Test
  @Tag("promise")
  void modelsAreSentAndTheAliasFollowsTheChampion() throws Exception {
    StepData data = new StepData(folder);
    data.writeTestExamples();
    String model = "retrain.model = stairs";
    String experiment = "tracking.mlflow.experiment = by-hand";
    data.arrive("2026-01-01");
    assertThat(retrain(data, "2026-01-01", model, experiment).exitCode()).isZero();
    data.arrive("2026-01-02");
    retrain(data, "2026-01-02", model, experiment, StepData.NO_LEARNING);
    TestJobs.predict(settings(data, experiment), "by-1", "stairs@1").run();
    TestJobs.predict(settings(data, experiment), "by-2", "stairs@2").run();

    String promotion = models("promote", "stairs@2");
    assertThat(promotion).endsWith("mlflow   the alias champion of stairs is stairs@2\n");
    JsonNode second = champion("stairs", "by-2");
    assertThat(second.get("version").asText()).isEqualTo("stairs@2");
    assertThat(second.get("difference").asDouble()).isLessThan(1e-6);

    assertThat(models("rollback", "stairs"))
        .endsWith("mlflow   the alias champion of stairs is stairs@1\n");
    JsonNode first = champion("stairs", "by-1");
    assertThat(first.get("version").asText()).isEqualTo("stairs@1");
    assertThat(first.get("difference").asDouble()).isLessThan(1e-6);
  }

  @Test
  void longRunIsSentWithinTheLimitsOfMlflow() throws Exception {
    Map<String, Object> settings = new HashMap<>();
    IntStream.range(0, 250).forEach(i -> settings.put("key" + i, i));
    settings.put("long", "x".repeat(7000));
    settings.put("größe in €", "named by a person");
    Measurements measurements = new Measurements();
    for (int epoch = 1; epoch <= 700; epoch++) {
      measurements.epochEnded(
          epoch, Map.of("train_loss", 1.0 / epoch, "validation_loss", 2.0 / epoch), 10);
    }
    measurements.model("limits");
    measurements.registered(7, false);
    measurements.champion(1, Instant.EPOCH);
    measurements.metrics(Map.of("log_loss", Double.POSITIVE_INFINITY)); // which MLflow refuses
    RunReport report = TestReports.succeeded(measurements);
    MlflowTracking.send(
        new RunReport(
            report.id(),
            report.directory(),
            Manifest.of(Map.of("settings", settings)),
            report.model(),
            report.status(),
            report.measurements(),
            report.epochs(),
            report.nested()),
        mlflow,
        "limits",
        Map::of);
    JsonNode run = runs("limits").get(0);
    assertThat(run.get("params")).hasSize(252);
    assertThat(run.at("/params/long").asText()).hasSize(6000);
    assertThat(run.at("/params/gr__e in _").asText()).isEqualTo("named by a person");
    assertThat(run.at("/metrics/validation_loss")).hasSize(700);
    assertThat(points(run, "log_loss")).isEmpty();
    assertThat(versions(run)).isEqualTo("[['1',{'meanfield.version':'limits@7'},[]]]");
  }
}
