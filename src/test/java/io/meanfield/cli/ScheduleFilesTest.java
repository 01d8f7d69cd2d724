package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleFilesTest {
  private static final Path SCHEDULES = Path.of("jobs/schedule");

  @Test
  void everyFileHasATestAndIsDescribed() throws IOException {
    String page = Files.readString(Path.of("docs/retraining.md"));
    try (Stream<Path> files = Files.list(SCHEDULES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "airflow_dag.py", // AirflowDagTest
              "cron", // CronScheduleTest, CronIT
              "cronjob.yaml", // KubernetesSchedulesTest
              "meanfield-retrain.service", // SystemdUnitsTest
              "meanfield-retrain.timer",
              "scheduled-spark-application.yaml") // KubernetesSchedulesTest
          .allSatisfy(name -> assertThat(page).contains("jobs/schedule/" + name));
    }
  }
}
