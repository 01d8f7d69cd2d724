package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.data.idx.IdxSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submits drivers in cluster deploy mode to Spark's standalone cluster. */
@Tag("cluster")
class StandaloneSubmitIT {
  @TempDir private static Path runs;

  private static StandaloneCluster cluster;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = StandaloneCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static Submit.Finished train(String id, String... more) throws Exception {
    IdxSource digits = ProcessTrainingFixture.digits();
    IdxSource absolute =
        new IdxSource(
            Path.of(digits.images()).toAbsolutePath().toString(),
            digits.labels().map(labels -> Path.of(labels).toAbsolutePath().toString()));
    List<String> arguments =
        new ArrayList<>(List.of("train", "--conf", "jobs/mnist-train.conf", "--run-id", id));
    for (String assignment : ProcessTrainingFixture.assignments(runs.toString(), absolute)) {
      arguments.addAll(List.of("--set", assignment));
    }
    arguments.addAll(List.of(more));
    try (Submit running = start(arguments)) {
      return running.finish();
    }
  }

  private static Submit start(List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
    options.addAll(List.of("--deploy-mode", "cluster"));
    options.addAll(List.of("--driver-memory", "512m", "--executor-memory", "900m"));
    options.addAll(Submit.FAST_START_OPTIONS);
    return Submit.startIn(
        Map.of("SPARK_HOME", "", "SPARK_LOCAL_IP", StandaloneCluster.HOST),
        options,
        arguments.toArray(String[]::new));
  }

  @Test
  void driverTrainsToTheBitsOfLocalModeAndIsRecordedAsFinished() throws Exception {
    Submit.Finished finished = train("trained");
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.out())
        .startsWith("run      trained\n")
        .contains("\ndone     trained 3 epochs")
        .contains("\nmodel    " + training.directory("trained").resolve("model.zip"));
    assertThat(training.status("trained")).contains("\"succeeded\"");
    assertThat(ProcessTrainingFixture.model(training.directory("trained")))
        .isEqualTo(ProcessTrainingFixture.uninterruptedModel());
    assertThat(cluster.driverStates()).endsWith("FINISHED");
  }

  @Test
  void refusalByTheDriverReturnsItsExitCodeAndIsRecordedAsFailed() throws Exception {
    Submit.Finished refused = train("refused", "--set", "data.train.images=/no/images", "--json");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    JsonNode report = new ObjectMapper().readTree(refused.out());
    assertThat(report.get("run_id").asText()).isEqualTo("refused");
    assertThat(report.get("exit_code").asInt()).isEqualTo(2);
    assertThat(report.get("message").asText())
        .startsWith("found neither /no/images nor images.gz beside it");
    assertThat(cluster.driverStates()).endsWith("FAILED");
  }
}
