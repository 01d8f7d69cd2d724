package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.CapturedLog;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.tracking.mlflow.RecordingServer;
import io.meanfield.train.checkpoint.Checkpoints;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of a run, and what becomes of the run if they fail. */
class RunTrackingTest {
  @TempDir private Path folder;

  private final Interruption interruption = new Interruption();
  private final Measurements measurements = new Measurements();
  private Optional<URI> mlflow = Optional.empty();

  private Outcome run(RunSupervisor.Job job) {
    Manifest manifest = Manifest.of(Map.of("command", "retrain"));
    RunDirectory run =
        new Runs(new Configuration(), folder.toString()).claim(new RunId("night"), manifest);
    RunTracking tracking =
        new RunTracking(new MlflowSettings(mlflow, "digits", true), measurements);
    return new RunSupervisor(
            interruption,
            tracking,
            new RunPageFile(PageContent.FULL, interruption),
            Checkpoints.PATIENCE)
        .run(run, manifest, RunIdentity.USUAL, job);
  }

  private static Outcome done() {
    RunResult result = new RunResult(Map.of("accuracy", 0.75), Optional.of("ab12"));
    return Outcome.done("all is well", List.of()).withResult(result);
  }

  private String content(String file) throws IOException {
    return Files.readString(folder.resolve("night").resolve(file));
  }

  private double metric(String name) throws IOException {
    return content("metrics.prom")
        .lines()
        .filter(line -> line.startsWith("meanfield_" + name + "{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .map(Double::valueOf)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void successIsInTheMetrics() throws IOException {
    run(held -> done());
    assertThat(metric("run_succeeded")).isEqualTo(1);
    assertThat(metric("run_exit_code")).isZero();
    assertThat(metric("accuracy")).isEqualTo(0.75);
    assertThat(content("metrics.prom"))
        .contains("meanfield_accuracy{command=\"retrain\",data=\"test\",run_id=\"night\"} 0.75\n");
  }

  @Test
  void interruptionIsInTheMetricsAndNotSent() throws IOException {
    try (RecordingServer server = RecordingServer.start()) {
      mlflow = Optional.of(server.uri());
      assertThatThrownBy(
              () ->
                  run(
                      held -> {
                        interruption.trigger("SIGTERM", message -> {});
                        return done();
                      }))
          .hasMessage("the job was interrupted");
      assertThat(server.requests()).isEmpty();
    }
    assertThat(metric("run_exit_code")).isEqualTo(130);
    assertThat(content("status.json")).contains("\"interrupted\"");
  }

  @Test
  void finishedRunIsNeitherMeasuredNorSentAgain() throws IOException {
    try (RecordingServer server = RecordingServer.start()) {
      mlflow = Optional.of(server.uri());
      run(held -> done());
      int sent = server.requests().size();
      String before = content("metrics.prom");
      run(held -> done());
      assertThat(server.requests()).hasSize(sent).isNotEmpty();
      assertThat(content("metrics.prom")).isEqualTo(before);
    }
  }

  @Test
  void passwordInTheReasonOfAFailureIsNotSent() throws IOException {
    try (RecordingServer server = RecordingServer.start()) {
      mlflow = Optional.of(server.uri());
      assertThatThrownBy(
              () ->
                  run(
                      held -> {
                        throw new IllegalStateException("lost s3a://key:secret@bucket/a");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(server.requests().toString())
          .contains(
              "unexpected java.lang.IllegalStateException: lost s3a://***@bucket/a; run again with"
                  + " --verbose for the stack trace");
      assertThat(server.requests().toString() + content("metrics.prom")).doesNotContain("secret");
    }
  }

  @Test
  void runThatAnotherProcessHasTakenOverIsNotSent() {
    try (RecordingServer server = RecordingServer.start();
        CapturedLog log = CapturedLog.of(RunTracking.class)) {
      mlflow = Optional.of(server.uri());
      assertThatThrownBy(
              () ->
                  run(
                      held -> {
                        write(folder.resolve("night/lease/000002.json"), "{}");
                        return done();
                      }))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_BUSY));
      assertThat(server.requests()).isEmpty();
      assertThat(log.messages()).isEmpty(); // the exception says it
    }
    assertThat(folder.resolve("night/metrics.prom")).doesNotExist();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void metricsThatCannotBeWrittenCostAWarning() throws IOException {
    try (CapturedLog log = CapturedLog.of(RunTracking.class)) {
      Outcome outcome =
          run(
              held -> {
                makeUnwritable(folder.resolve("night/metrics.prom"));
                return done();
              });
      assertThat(outcome.message()).isEqualTo("all is well");
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith(
              "the metrics of run night are not in " + folder.resolve("night/metrics.prom") + ": ");
    }
    assertThat(content("status.json")).contains("\"succeeded\"", "\"exit_code\" : 0");
  }

  // A directory with a file in it cannot be replaced, not even by root.
  private static void makeUnwritable(Path file) {
    try {
      Files.createFile(Files.createDirectories(file).resolve("occupied"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void runWith(URI server, String reason) throws IOException {
    mlflow = Optional.of(server);
    try (CapturedLog log = CapturedLog.of(RunTracking.class)) {
      Outcome outcome = run(held -> done());
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.result()).isEqualTo(done().result());
      assertThat(log.messages())
          .containsExactly(
              "run night is not complete in MLflow at "
                  + server
                  + ": "
                  + reason
                  + "; the run itself is not affected, check tracking.mlflow.uri and the server");
    }
    assertThat(content("status.json")).contains("\"succeeded\"", "\"all is well\"");
    assertThat(folder.resolve("night/lease/000001.released")).exists();
  }

  @Test
  void serverThatIsDownCostsAWarning() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    runWith(
        URI.create("http://localhost:" + port),
        "experiments/get-by-name failed: java.net.ConnectException");
  }
}
