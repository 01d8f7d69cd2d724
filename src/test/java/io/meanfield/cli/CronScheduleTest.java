package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.CronFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line of jobs/schedule/cron, run by the shell with the variables of the file alone. */
class CronScheduleTest {
  @TempDir private Path folder;
  private RecordingInstallation installation;
  private CronFile cron;

  @BeforeEach
  void install() throws IOException {
    installation = new RecordingInstallation(folder);
    cron = CronFile.parse(installation.relocate(Files.readString(CronFile.SHIPPED)));
  }

  /** Runs the line as cron does; scripts/submit ends with this exit code. */
  private RecordingInstallation.Finished night(int exitCode) throws Exception {
    installation.record(installation.home().resolve("scripts/submit"), exitCode);
    Map<String, String> environment = new HashMap<>(cron.variables());
    environment.put("HOME", "/");
    return installation.run(
        environment, List.of(cron.variables().get("SHELL"), "-c", cron.command()));
  }

  @Test
  void lineRunsRetrainOfToday() throws Exception {
    night(0);
    RetrainCall call = new RetrainCall(installation.arguments());
    call.assertIsOfToday();
    assertThat(call.sparkOptions()).containsExactly("--master", "local[*]");
    assertThat(installation.directory()).isEqualTo("/var/lib/meanfield");
    assertThat(installation.environment())
        .contains("SPARK_HOME=/opt/spark", "JAVA_HOME=" + cron.variables().get("JAVA_HOME"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99})
  void nightThatNeedsNobodyPrintsNothingSoThatCronSendsNoMail(int exitCode) throws Exception {
    assertThat(night(exitCode).out()).isEmpty();
    assertThat(installation.log()).isEqualTo("first line\nlast line\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 130})
  void mailOfAnotherNightHasTheExitCodeAndTheEndOfTheLog(int exitCode) throws Exception {
    assertThat(night(exitCode).out())
        .isEqualTo(
            "retrain ended with exit code "
                + exitCode
                + "; the end of /var/log/meanfield/retrain.log:\nfirst line\nlast line\n");
  }

  @Test
  void logThatCannotBeWrittenIsMailedInsteadOfLost() throws Exception {
    Files.createDirectory(folder.resolve("var/log/meanfield/retrain.log"));
    assertThat(night(0).out())
        .contains("retrain.log: Is a directory", "retrain ended with exit code");
  }

  @Test
  void fileHasOneLineWithoutThePercentSignsThatCronReplaces() {
    assertThat(cron.command()).doesNotContain("%");
    assertThat(cron.time()).isEqualTo("0 2 * * *");
    assertThat(cron.user()).isEqualTo("meanfield");
  }
}
