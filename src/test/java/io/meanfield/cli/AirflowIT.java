package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.Submit;
import io.meanfield.fixture.TestPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Airflow 2 and 3 run the shipped DAG, of which paths, job and the delay of retries are replaced.
 */
@Tag("cluster")
@Tag("promise")
class AirflowIT {
  private static final int EPOCHS = 400;

  @TempDir private Path folder;

  private void writeDag() throws IOException {
    String dag =
        new ScheduledDigits(folder)
            .relocated(Path.of("jobs/schedule/airflow_dag.py"))
            .replace("timedelta(minutes=5)", "timedelta(0)");
    Files.writeString(Files.createDirectories(folder.resolve("dags")).resolve("dag.py"), dag);
    // More than a Spark job has, so that the run can be killed between two of them.
    Files.writeString(
        folder.resolve("job.conf"), "train.epochs = " + EPOCHS + "\n", StandardOpenOption.APPEND);
  }

  private Process start(int airflow, String... dates) throws IOException {
    Path bin = Path.of("target/airflow/" + airflow + "/bin").toAbsolutePath();
    TestPython.require(bin);
    ProcessBuilder builder =
        new ProcessBuilder(
            bin.resolve("python").toString(),
            "-W",
            "ignore",
            "src/test/python/airflow_nights.py",
            result(airflow).toString());
    builder.command().addAll(Arrays.asList(dates));
    builder.environment().put("SPARK_SUBMIT_OPTS", Submit.FAST_START);
    builder.environment().put("AIRFLOW_HOME", folder.resolve("airflow-" + airflow).toString());
    builder.environment().put("AIRFLOW__CORE__DAGS_FOLDER", folder.resolve("dags").toString());
    builder.environment().put("AIRFLOW__CORE__LOAD_EXAMPLES", "false");
    return builder.redirectErrorStream(true).redirectOutput(log(airflow).toFile()).start();
  }

  private Path result(int airflow) {
    return folder.resolve("result-" + airflow + ".json");
  }

  private static Path log(int airflow) {
    return Path.of("target/airflow-" + airflow + ".log");
  }

  private void assertNights(int airflow, Process process, String... nights) throws Exception {
    assertThat(process.waitFor()).as("see " + log(airflow)).isZero();
    JsonNode found = new ObjectMapper().readTree(result(airflow).toFile());
    assertThat(found.get("version").asText()).startsWith(airflow + ".");
    assertThat(found.get("schedule").asText()).isEqualTo("0 2 * * * UTC");
    assertThat(found.get("catchup").asBoolean()).isFalse();
    assertThat(found.get("max_active_runs").asInt()).isEqualTo(1);
    assertThat(found.get("nights")).extracting(JsonNode::asText).containsExactly(nights);
  }

  /** Sends SIGKILL to the driver when an epoch with a checkpoint has been recorded. */
  private void killAfterAnEpoch(Process airflow) throws Exception {
    Path run = folder.resolve("runs/2026-01-05");
    while (!hasCheckpoint(run)) {
      assertThat(airflow.waitFor(5, TimeUnit.MILLISECONDS)).as("see " + log(3)).isFalse();
    }
    List<ProcessHandle> drivers = airflow.descendants().filter(AirflowIT::isDriver).toList();
    assertThat(drivers).hasSize(1);
    drivers.get(0).destroyForcibly();
    drivers.get(0).onExit().join();
    assertThat(run.resolve("epochs/000" + EPOCHS + ".json")).doesNotExist();
  }

  private static boolean hasCheckpoint(Path run) {
    return IntStream.rangeClosed(1, EPOCHS)
        .mapToObj(epoch -> String.format(Locale.ROOT, "%06d", epoch))
        .filter(epoch -> Files.exists(run.resolve("checkpoints/epoch-" + epoch + ".state")))
        .anyMatch(epoch -> Files.exists(run.resolve("epochs/" + epoch + ".json")));
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/java");
  }

  @Test
  void promotedIsSuccessSkippedIsSkippedRefusedAndFailedFailAndARetryContinuesAKilledRun()
      throws Exception {
    writeDag();
    ScheduledDigits digits = new ScheduledDigits(folder);
    digits.arrive("2026-01-05");
    Path images = digits.arrive("2026-01-07");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1_000_000));
    Path broken = Files.createDirectories(folder.resolve("runs/2026-01-08"));
    Files.writeString(broken.resolve("run.json"), "{");
    Process airflow3 = start(3, "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08");
    killAfterAnEpoch(airflow3);
    assertNights(
        3,
        airflow3,
        "2026-01-05 success success 2",
        "2026-01-06 success skipped 1",
        "2026-01-07 failed failed 3",
        "2026-01-08 failed failed 3");
    assertThat(Files.readString(log(3)))
        .containsPattern("resumed +after epoch [0-9]+ of " + EPOCHS)
        .contains("Command exited with return code 3")
        .contains("Command exited with return code 1");
    assertNights(2, start(2, "2026-01-06"), "2026-01-06 success skipped 1");
  }
}
