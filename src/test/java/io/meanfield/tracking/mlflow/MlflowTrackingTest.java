package io.meanfield.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.store.Manifest;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.RegisteredVersion;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.TestReports;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends reports to a server that checks every request against MLflow's API. */
class MlflowTrackingTest {
  private final RecordingMlflow mlflow = RecordingMlflow.start();
  private final Measurements measurements = new Measurements();

  @AfterEach
  void everyRequestWasOfTheApi() {
    mlflow.close();
    assertThat(mlflow.violations()).isEmpty();
    assertThat(mlflow.requests()).isNotEmpty();
  }

  private void send(RunReport report) throws IOException {
    send(report, Map.of());
  }

  private void send(RunReport report, Map<String, String> environment) throws IOException {
    new MlflowTracking(
            new MlflowServer(mlflow.uri(), environment, Duration.ofSeconds(30)), "digits")
        .send(report);
  }

  private void train(int first, int last) {
    IntStream.rangeClosed(first, last)
        .forEach(
            epoch ->
                measurements.epochEnded(
                    epoch, Map.of("train_loss", 1.0 / epoch, "validation_loss", 2.0 / epoch), 10));
  }

  private MlflowStore.Run onlyRun() {
    assertThat(mlflow.store().runs()).hasSize(1);
    return mlflow.store().runs().get(0);
  }

  @Test
  void runHasItsParametersMetricsAndStatus() throws IOException {
    train(1, 2);
    measurements.metrics(Map.of("accuracy", 0.75));
    send(TestReports.succeeded(measurements));
    MlflowStore.Run run = onlyRun();
    assertThat(mlflow.store().experiments()).containsExactly(Map.entry("digits", run.experiment()));
    assertThat(run.name()).isEqualTo("nightly");
    assertThat(run.state()).isEqualTo("FINISHED");
    assertThat(run.params())
        .isEqualTo(
            Map.of(
                "seed",
                "777",
                "data.train.fingerprint",
                "ab12",
                "train.epochs",
                "2",
                "network.layers",
                "[{\"dense\":10}]"));
    assertThat(run.tags())
        .isEqualTo(
            Map.of(
                "meanfield.run_id",
                "nightly",
                "meanfield.run_directory",
                "/data/runs/nightly",
                "meanfield.command",
                "retrain",
                "mlflow.note.content",
                "trained 2 epochs"));
    assertThat(run.points("train_loss"))
        .containsExactly(
            new MlflowStore.Point("train_loss", 1, 1), new MlflowStore.Point("train_loss", 0.5, 2));
    assertThat(run.points("accuracy")).containsExactly(new MlflowStore.Point("accuracy", 0.75, 0));
    assertThat(run.points("run_duration_seconds"))
        .containsExactly(new MlflowStore.Point("run_duration_seconds", 90, 0));
    assertThat(mlflow.requests("runs/create").get(0).path("start_time").asLong())
        .isEqualTo(TestReports.STARTED.toEpochMilli());
    assertThat(mlflow.requests("runs/update").get(0).path("end_time").asLong())
        .isEqualTo(TestReports.FINISHED.toEpochMilli());
  }

  @Test
  void continuedRunCompletesTheRunOfTheAttemptThatFailed() throws IOException {
    train(1, 2);
    send(TestReports.failed(measurements));
    assertThat(onlyRun().state()).isEqualTo("FAILED");
    assertThat(onlyRun().tags()).containsEntry("mlflow.note.content", "epoch 2 has no finite loss");
    train(3, 4);
    send(TestReports.succeeded(measurements));
    assertThat(onlyRun().state()).isEqualTo("FINISHED");
    assertThat(onlyRun().points("train_loss"))
        .extracting(MlflowStore.Point::step)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(mlflow.requests("runs/create")).hasSize(1);
    assertThat(mlflow.requests("experiments/create")).hasSize(1);
  }

  @Test
  void parametersOfTheFirstAttemptStay() throws IOException {
    send(TestReports.succeeded(measurements));
    RunReport first = TestReports.succeeded(measurements);
    send(
        new RunReport(
            first.id(),
            first.directory(),
            first.manifest().with("seed", 1),
            first.model(),
            first.status(),
            first.measurements(),
            first.epochs(),
            first.version()));
    assertThat(onlyRun().params()).containsEntry("seed", "777");
  }

  @Test
  void runsOfTheSameNameInTwoDirectoriesAreTwoRuns() throws IOException {
    send(TestReports.succeeded("nightly", "hdfs:///a/nightly", measurements));
    send(TestReports.succeeded("nightly", "hdfs:///b/nightly", measurements));
    send(TestReports.succeeded("nightly", "hdfs:///b/nightly", measurements));
    assertThat(mlflow.store().runs())
        .extracting(run -> run.tags().get("meanfield.run_directory"))
        .containsExactly("hdfs:///a/nightly", "hdfs:///b/nightly");
  }

  @Test
  void longRunsAreSentWithinTheLimitsOfARequest() throws IOException {
    Map<String, Object> settings = new HashMap<>();
    IntStream.range(0, 250).forEach(i -> settings.put("key" + i, i));
    settings.put("long", "x".repeat(7000));
    settings.put("größe in €", "named by a person");
    train(1, 700);
    RunReport report = TestReports.succeeded(measurements);
    send(
        new RunReport(
            report.id(),
            report.directory(),
            Manifest.of(Map.of("settings", settings)),
            report.model(),
            report.status(),
            report.measurements(),
            report.epochs(),
            report.version()));
    assertThat(onlyRun().params()).hasSize(252);
    assertThat(onlyRun().params().get("long")).hasSize(6000);
    assertThat(onlyRun().params()).containsEntry("gr__e in _", "named by a person");
    assertThat(onlyRun().points("validation_loss")).hasSize(700);
    assertThat(mlflow.requests("runs/log-batch")).hasSize(3 + 2 + 1);
  }

  @Test
  void metricsThatAreNoNumbersAreLeftOut() throws IOException {
    measurements.metrics(Map.of("log_loss", Double.POSITIVE_INFINITY));
    measurements.metrics(Map.of("mse", Double.NaN));
    measurements.metrics(Map.of("mae", 1.5));
    send(TestReports.succeeded(measurements));
    assertThat(onlyRun().points())
        .extracting(MlflowStore.Point::key)
        .contains("mae")
        .doesNotContain("log_loss", "mse");
  }

  @Test
  void versionIsRegisteredOnceAndKnowsWhetherItWasPromoted() throws IOException {
    String location = "s3a://bucket/models/mnist/versions/7";
    measurements.registered(new RegisteredVersion("mnist", 7, location, false));
    send(TestReports.failed(measurements));
    measurements.registered(new RegisteredVersion("mnist", 7, location, true));
    send(TestReports.succeeded(measurements));
    assertThat(mlflow.store().models()).containsExactly("mnist");
    assertThat(mlflow.store().versions())
        .containsExactly(
            new MlflowStore.Version(
                "mnist",
                "1",
                "s3://bucket/models/mnist/versions/7",
                onlyRun().id(),
                Map.of("meanfield.version", "7", "meanfield.promoted", "true")));
  }

  @Test
  void versionOnALocalDiskHasASourceThatMlflowAccepts() throws IOException {
    measurements.registered(new RegisteredVersion("mnist", 1, "/models/mnist/versions/1", true));
    send(TestReports.succeeded(measurements));
    assertThat(mlflow.store().versions())
        .extracting(MlflowStore.Version::source)
        .containsExactly("meanfield:/models/mnist/versions/1");
    assertThat(MlflowModel.source("hdfs:///models/1")).isEqualTo("hdfs:///models/1");
  }

  @Test
  void credentialsAreThoseOfMlflowsOwnClients() throws IOException {
    RunReport report = TestReports.succeeded(measurements);
    send(report);
    send(report, Map.of("MLFLOW_TRACKING_TOKEN", "t0ken\n")); // as echo writes it
    send(report, Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "pass"));
    assertThat(mlflow.requests().stream().map(RecordingMlflow.Request::authorization).distinct())
        .extracting(header -> header.orElse("none"))
        .containsExactly("none", "Bearer t0ken", "Basic YW5uOnBhc3M=");
  }

  @Test
  void tokenThatNoHeaderMayContainIsNotInTheMessage() throws IOException {
    RunReport report = TestReports.succeeded(measurements);
    send(report);
    assertThatThrownBy(() -> send(report, Map.of("MLFLOW_TRACKING_TOKEN", "t0\nken")))
        .hasMessage(
            "the value of MLFLOW_TRACKING_TOKEN contains characters that no HTTP header may contain")
        .hasNoCause();
  }

  @Test
  void refusedRequestIsExplainedByTheServer() throws IOException {
    RunReport report = TestReports.succeeded(measurements);
    send(report);
    onlyRun().params().clear(); // so that they are sent again, and refused as too many
    mlflow.store().refuse("runs/log-batch", 429, "RESOURCE_EXHAUSTED", "quota of the team");
    assertThatThrownBy(() -> send(report))
        .isInstanceOf(IOException.class)
        .hasMessage("runs/log-batch answered 429 RESOURCE_EXHAUSTED: quota of the team");
  }

  @Test
  void longAnswerIsNotKeptInMemory() throws IOException {
    RunReport report = TestReports.succeeded(measurements);
    send(report);
    onlyRun().params().clear();
    mlflow.store().refuse("runs/log-batch", 429, "RESOURCE_EXHAUSTED", "a".repeat(65 << 20));
    assertThatThrownBy(() -> send(report))
        .isInstanceOf(IOException.class)
        .hasMessage("runs/log-batch failed: the answer has more than 67108864 bytes");
  }

  @Test
  void experimentThatAnotherRunCreatesInBetweenIsUsed() throws IOException {
    mlflow.store().createBeforeAnswering("digits");
    send(TestReports.succeeded(measurements));
    assertThat(mlflow.store().experiments()).containsOnlyKeys("digits");
    assertThat(mlflow.requests().stream().map(RecordingMlflow.Request::endpoint).limit(3))
        .isEqualTo(
            List.of("experiments/get-by-name", "experiments/create", "experiments/get-by-name"));
  }
}
