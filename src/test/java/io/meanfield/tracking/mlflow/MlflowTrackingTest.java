package io.meanfield.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.store.Manifest;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.TestReports;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends reports to a server that answers as MLflow does. */
class MlflowTrackingTest {
  private final RecordingMlflow mlflow = RecordingMlflow.start();
  private final Measurements measurements = new Measurements();

  @AfterEach
  void everyRequestWasOfTheApi() {
    mlflow.close();
    assertThat(mlflow.violations()).isEmpty();
  }

  private void send(RunReport report) throws IOException {
    send(report, Map.of());
  }

  private void send(RunReport report, Map<String, String> environment) throws IOException {
    new MlflowTracking(
            new MlflowServer(mlflow.uri(), environment, Duration.ofSeconds(30)), "digits")
        .send(report);
  }

  private void train(int epochs) {
    IntStream.rangeClosed(1, epochs)
        .forEach(
            epoch ->
                measurements.epochEnded(
                    epoch, Map.of("train_loss", 1.0 / epoch, "validation_loss", 2.0 / epoch), 10));
  }

  @Test
  void runHasItsParametersMetricsAndStatus() throws IOException {
    train(2);
    measurements.metrics(Map.of("accuracy", 0.75, "log_loss", Double.POSITIVE_INFINITY));
    send(TestReports.succeeded(measurements));
    assertThat(mlflow.experiments()).containsExactly("digits");
    RecordingMlflow.Run run = mlflow.runs().get(0);
    assertThat(run.name()).isEqualTo("nightly");
    assertThat(run.states()).containsExactly("FINISHED");
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
            new RecordingMlflow.Point("train_loss", 1, 1),
            new RecordingMlflow.Point("train_loss", 0.5, 2));
    assertThat(run.points("accuracy"))
        .containsExactly(new RecordingMlflow.Point("accuracy", 0.75, 0));
    assertThat(run.points("log_loss")).isEmpty(); // no number
    assertThat(run.points("run_duration_seconds"))
        .containsExactly(new RecordingMlflow.Point("run_duration_seconds", 90, 0));
  }

  @Test
  void attemptThatFailedIsARunOfTheSameExperiment() throws IOException {
    send(TestReports.failed(measurements));
    send(TestReports.succeeded(measurements));
    assertThat(mlflow.experiments()).containsExactly("digits");
    assertThat(mlflow.runs())
        .extracting(RecordingMlflow.Run::states)
        .extracting(Object::toString)
        .containsExactly("[FAILED]", "[FINISHED]");
    assertThat(mlflow.runs().get(0).tags())
        .containsEntry("mlflow.note.content", "epoch 2 has no finite loss");
  }

  @Test
  void longRunsAreSentWithinTheLimitsOfARequest() throws IOException {
    Map<String, Object> settings = new HashMap<>();
    IntStream.range(0, 250).forEach(i -> settings.put("key" + i, i));
    settings.put("long", "x".repeat(7000));
    settings.put("größe in €", "named by a person");
    train(700);
    RunReport report = TestReports.succeeded(measurements);
    send(
        new RunReport(
            report.id(),
            report.directory(),
            Manifest.of(Map.of("settings", settings)),
            report.model(),
            report.status(),
            report.measurements(),
            report.epochs()));
    RecordingMlflow.Run run = mlflow.runs().get(0);
    assertThat(run.params()).hasSize(252);
    assertThat(run.params().get("long")).hasSize(6000);
    assertThat(run.params()).containsEntry("gr__e in _", "named by a person");
    assertThat(run.points("validation_loss")).hasSize(700);
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
  void tokenThatNoHeaderMayContainIsNotInTheMessage() {
    RunReport report = TestReports.succeeded(measurements);
    assertThatThrownBy(() -> send(report, Map.of("MLFLOW_TRACKING_TOKEN", "t0\nken")))
        .hasMessage(
            "the value of MLFLOW_TRACKING_TOKEN contains characters that no HTTP header may"
                + " contain")
        .hasNoCause();
  }

  @Test
  void refusedRequestIsExplainedByTheServer() {
    mlflow.refuse("runs/log-batch");
    assertThatThrownBy(() -> send(TestReports.succeeded(measurements)))
        .isInstanceOf(IOException.class)
        .hasMessage("runs/log-batch answered 429 RESOURCE_EXHAUSTED: quota of the team");
  }
}
