package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.CronFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
              "airflow_dag.py", // AirflowIT
              "cron", // CronScheduleTest, SchedulersIT
              "cronjob.yaml", // KubernetesSchedulesTest, SchedulersIT
              "meanfield-retrain.service", // SystemdUnitsTest, SchedulersIT
              "meanfield-retrain.timer",
              "scheduled-spark-application.yaml") // KubernetesSchedulesTest
          .allSatisfy(name -> assertThat(page).contains("jobs/schedule/" + name));
    }
  }

  @Test
  void commandByHandHasUserDirectoryAndVariablesOfTheCronFile() throws IOException {
    CronFile cron = CronFile.parse(Files.readString(CronFile.SHIPPED));
    Map<String, String> variables = cron.variables();
    String page = Files.readString(Path.of("docs/troubleshooting.md"));
    String block = page.substring(page.indexOf("```\nsudo "));
    assertThat(block.substring(0, block.indexOf("\n```")))
        .contains("sudo -u " + cron.user() + " env ")
        .contains(" JAVA_HOME=" + variables.get("JAVA_HOME") + " ")
        .contains(" SPARK_HOME=" + variables.get("SPARK_HOME") + " ")
        .contains(" --master \"" + variables.get("MASTER") + "\" retrain ")
        .contains(" --conf " + variables.get("CONF") + " --date ")
        .contains(cron.command().substring(0, cron.command().indexOf('{')));
  }
}
