package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.pipeline.challenger.RetrainJob;
import io.meanfield.tracking.mlflow.RecordingMlflow;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the nights of a model report: metrics beside the status, and runs in MLflow. */
class RetrainTrackingIT {
  private static final TrainingListener NO_LISTENER = new TrainingListener() {};
  private static final Pattern OWN_LABEL = Pattern.compile("(?:part|column|data)=\"([^\"]*)\"");

  @TempDir private Path folder;
  private StepData data;
  private final RecordingMlflow mlflow = RecordingMlflow.start();

  @BeforeEach
  void firstData() throws IOException {
    data = new StepData(folder);
    data.writeTestExamples();
    data.arrive("2026-01-01");
  }

  @AfterEach
  void everyRequestWasOfTheApi() {
    mlflow.close();
    assertThat(mlflow.violations()).isEmpty();
  }

  private Outcome retrain(String date) {
    JobSettings settings =
        data.settings(
            folder.resolve("runs").toString(),
            folder.resolve("models").toString(),
            "retrain.floor = 0.4",
            "tracking.mlflow.uri=\"" + mlflow.uri() + "\"");
    RetrainJob.Options options = new RetrainJob.Options(LocalDate.parse(date), false, false);
    return new RetrainJob(TestJobs.context(settings, date), options, NO_LISTENER).run();
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
  void promotedVersionIsInTheMetricsAndInMlflow() throws IOException {
    Outcome promoted = retrain("2026-01-01");
    assertThat(promoted.exitCode()).isZero();
    assertThat(metrics("2026-01-01"))
        .containsEntry("promoted", 1.0)
        .containsEntry("model_version", 1.0)
        .containsEntry("champion_version", 1.0)
        .containsEntry("accuracy test", promoted.result().metrics().get("accuracy"))
        .containsEntry("loss train", promoted.result().metrics().get("train_loss"))
        .containsKey("champion_since_timestamp_seconds");
    RecordingMlflow.Run run = mlflow.runs().get(0);
    assertThat(run.points("model_version").get(0).value()).isEqualTo(1);
    assertThat(run.points("train_loss"))
        .extracting(RecordingMlflow.Point::step)
        .containsExactly(1L, 2L);
    assertThat(run.points("accuracy").get(0).value())
        .isEqualTo(promoted.result().metrics().get("accuracy"));

    assertThat(retrain("2026-01-02").exitCode()).isEqualTo(99); // no new data
    assertThat(metrics("2026-01-02"))
        .containsEntry("promoted", 0.0)
        .containsEntry("run_exit_code", 99.0)
        .containsEntry("run_succeeded", 1.0)
        .containsEntry("champion_version", 1.0)
        .containsEntry(
            "champion_since_timestamp_seconds",
            metrics("2026-01-01").get("champion_since_timestamp_seconds"))
        .doesNotContainKey("model_version");
    assertThat(mlflow.runs())
        .extracting(RecordingMlflow.Run::name)
        .containsExactly("2026-01-01", "2026-01-02");
  }

  @Test
  void refusedDataReportTheirDrift() throws IOException {
    retrain("2026-01-01");
    // No example of class 1, and the same x.
    StepData.write(
        data.partition("2026-01-02"),
        StepData.rows(400, LocalDate.parse("2026-01-01").toEpochDay())
            .map(row -> row.replaceFirst(",1$", ",0")));
    Files.delete(folder.resolve("in/date=2026-01-01/rows.csv"));
    assertThatThrownBy(() -> retrain("2026-01-02")).isInstanceOf(UserException.class);
    Map<String, Double> refused = metrics("2026-01-02");
    assertThat(refused)
        .containsEntry("run_exit_code", 3.0)
        .containsEntry("run_succeeded", 0.0)
        .containsEntry("promoted", 0.0);
    assertThat(refused.get("drift_psi label")).isGreaterThan(0.25);
    assertThat(refused.get("drift_psi x")).isLessThan(0.01);
    assertThat(mlflow.runs().get(1).states()).containsExactly("FAILED");
    assertThat(mlflow.runs().get(1).points("drift_psi_label").get(0).value())
        .isEqualTo(refused.get("drift_psi label"));
  }
}
