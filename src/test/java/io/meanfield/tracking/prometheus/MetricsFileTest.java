package io.meanfield.tracking.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.TestReports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsFileTest {
  private static final String PYTHON = "target/python/bin/python";

  private static String text(Measurements measurements) throws IOException {
    return new String(
        MetricsFile.content(TestReports.succeeded(measurements)).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void everyGaugeHasHelpTypeAndTheLabelsOfItsRun() throws IOException {
    Measurements measurements = new Measurements();
    measurements.model("mnist");
    measurements.metrics(Map.of("validation_accuracy", 0.75));
    measurements.metrics(Map.of("accuracy", 0.5));
    assertThat(text(measurements))
        .isEqualTo(
            """
            # HELP meanfield_accuracy Metric accuracy of the model on a data set.
            # TYPE meanfield_accuracy gauge
            meanfield_accuracy{command="retrain",data="test",model="mnist",run_id="nightly"} 0.5
            meanfield_accuracy{command="retrain",data="validation",model="mnist",run_id="nightly"} 0.75
            # HELP meanfield_run_duration_seconds Duration of the last attempt of the run.
            # TYPE meanfield_run_duration_seconds gauge
            meanfield_run_duration_seconds{command="retrain",model="mnist",run_id="nightly"} 90.0
            # HELP meanfield_run_exit_code Exit code of the run; 0 and 99 are success.
            # TYPE meanfield_run_exit_code gauge
            meanfield_run_exit_code{command="retrain",model="mnist",run_id="nightly"} 0.0
            # HELP meanfield_run_finished_timestamp_seconds Unix time at which the run ended.
            # TYPE meanfield_run_finished_timestamp_seconds gauge
            meanfield_run_finished_timestamp_seconds{command="retrain",model="mnist",run_id="nightly"} 1.76758209E9
            # HELP meanfield_run_started_timestamp_seconds Unix time at which the last attempt of the run began.
            # TYPE meanfield_run_started_timestamp_seconds gauge
            meanfield_run_started_timestamp_seconds{command="retrain",model="mnist",run_id="nightly"} 1.767582E9
            # HELP meanfield_run_succeeded 1 if the run succeeded, with exit code 0 or 99, else 0.
            # TYPE meanfield_run_succeeded gauge
            meanfield_run_succeeded{command="retrain",model="mnist",run_id="nightly"} 1.0
            """);
  }

  @Test
  void namesOfColumnsAreEscaped() throws IOException {
    Measurements measurements = new Measurements();
    measurements.drift(Map.of("a \"quoted\" \\ name\nof two lines", 0.5));
    assertThat(text(measurements))
        .contains("{column=\"a \\\"quoted\\\" \\\\ name\\nof two lines\",command=\"retrain\",");
  }

  @Test
  void parserOfPrometheusReadsEveryMeasurement() throws IOException, InterruptedException {
    assumeTrue(
        run("import prometheus_client.parser", "").equals("") || isRequired(),
        "no parser: call dev/test-python");
    Measurements measurements = new Measurements();
    measurements.epochEnded(
        1, Map.of("train_loss", Double.POSITIVE_INFINITY, "validation_loss", 1e-9), 1e6);
    measurements.drift(Map.of("a \"quoted\" \\ name\nof two lines", 0.5, "größe", 0.25));
    measurements.registered(12, true);
    String program =
        """
        import sys
        from prometheus_client.parser import text_string_to_metric_families
        for family in text_string_to_metric_families(sys.stdin.read()):
            assert family.type == "gauge" and family.documentation.endswith("."), family
            for sample in family.samples:
                labels = sorted((k, v) for k, v in sample.labels.items() if k not in ("run_id", "command"))
                print(sample.name, labels, sample.value)
        """;
    assertThat(run(program, text(measurements)).lines().sorted())
        .containsExactly(
            "meanfield_drift_psi [('column', 'a \"quoted\" \\\\ name\\nof two lines')] 0.5",
            "meanfield_drift_psi [('column', 'größe')] 0.25",
            "meanfield_epochs [] 1.0",
            "meanfield_examples_per_second [] 1000000.0",
            "meanfield_loss [('data', 'train')] inf",
            "meanfield_loss [('data', 'validation')] 1e-09",
            "meanfield_model_version [] 12.0",
            "meanfield_promoted [] 1.0",
            "meanfield_run_duration_seconds [] 90.0",
            "meanfield_run_exit_code [] 0.0",
            "meanfield_run_finished_timestamp_seconds [] 1767582090.0",
            "meanfield_run_started_timestamp_seconds [] 1767582000.0",
            "meanfield_run_succeeded [] 1.0");
  }

  private static boolean isRequired() {
    return "1".equals(System.getenv("MEANFIELD_REQUIRE_PYTHON"));
  }

  // Returns what a Python program prints, standard error included.
  private static String run(String program, String input) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(PYTHON, "-X", "utf8", "-c", program));
    try {
      Process python = builder.redirectErrorStream(true).start();
      try (var in = python.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      python.waitFor();
      return output;
    } catch (IOException noPython) {
      return noPython.toString();
    }
  }
}
