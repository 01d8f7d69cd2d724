package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.pipeline.run.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The DAG of jobs/schedule, loaded by Python with stand-ins for Airflow's modules, and its command,
 * run by bash.
 */
class AirflowDagTest {
  private static final Path SHIPPED = Path.of("jobs/schedule/airflow_dag.py");
  private static final String LOADER = "src/test/resources/schedule/load_dag.py";

  @TempDir private Path folder;
  private RecordingInstallation installation;

  @BeforeEach
  void install() throws IOException {
    installation = new RecordingInstallation(folder);
  }

  private static JsonNode load(Path file, int airflow) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", LOADER, file.toString(), String.valueOf(airflow))
              .redirectErrorStream(true)
              .start();
    } catch (IOException noPython) {
      assumeTrue(false, "no python3");
      throw noPython;
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return new ObjectMapper().readTree(out);
  }

  private JsonNode task() throws Exception {
    JsonNode operators = load(SHIPPED, 3).get("operators");
    assertThat(operators).hasSize(1);
    return operators.get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void dagHasOneRunAtATimeAndOneTaskInBothVersionsOfAirflow(int airflow) throws Exception {
    JsonNode loaded = load(SHIPPED, airflow);
    assertThat(loaded.get("dags")).hasSize(1);
    JsonNode dag = loaded.at("/dags/0");
    assertThat(dag.get("schedule").asText()).isEqualTo("0 2 * * * UTC");
    assertThat(dag.get("start_date").asText()).endsWith("+00:00");
    assertThat(dag.get("catchup").asBoolean()).isFalse();
    assertThat(dag.get("max_active_runs").asInt()).isEqualTo(1);
    assertThat(loaded.get("operators")).hasSize(1);
  }

  @Test
  void dagImportsAirflowAndNothingElseThatWouldHaveToBeInstalled() throws Exception {
    assertThat(load(SHIPPED, 3).get("imports"))
        .extracting(JsonNode::asText)
        .allMatch(name -> name.equals("datetime") || name.startsWith("airflow"));
  }

  @Test
  void skippedIsTheExitCodeOfNoNewModel() throws Exception {
    assertThat(task().get("skip_on_exit_code").asInt()).isEqualTo(Outcome.SKIPPED);
    assertThat(task().get("retries").asInt()).isBetween(1, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 99, 130})
  void taskRunsRetrainOfTheLogicalDateAndReturnsItsExitCode(int exitCode) throws Exception {
    installation.record(installation.home().resolve("scripts/submit"), exitCode);
    String template = task().get("bash_command").asText();
    String command = installation.relocate(template.replace("{{ ds }}", "2026-01-05"));
    assertThat(command).doesNotContain("{{", "{%");
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
    assertThat(installation.run(environment, List.of("bash", "-c", command)).exitCode())
        .isEqualTo(exitCode);
    RetrainCall call = new RetrainCall(installation.arguments());
    assertThat(call.runId()).isEqualTo("2026-01-05");
    assertThat(call.sparkOptions()).containsExactly("--master", "local[*]");
  }

  @Test
  void taskHasTheEnvironmentOfTheSchedulerAndTheDirectoryOfTheRuns() throws Exception {
    assertThat(task().get("append_env").asBoolean()).isTrue();
    assertThat(task().at("/env/SPARK_HOME").asText()).isEqualTo("/opt/spark");
    assertThat(task().get("cwd").asText()).isEqualTo("/var/lib/meanfield");
  }
}
