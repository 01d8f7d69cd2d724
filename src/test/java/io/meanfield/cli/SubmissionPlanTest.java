package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

class SubmissionPlanTest {
  private static final String RUNS = "run.directory=hdfs:///runs";

  @TempDir private Path folder;

  private static SubmissionPlan plan(String... command) {
    return SubmissionPlan.of(Meanfield.commandLine().parseArgs(command));
  }

  /** Returns the settings that the driver reads from its arguments. */
  private static JobSettings settingsOfDriver(SubmissionPlan plan) {
    ParseResult parsed =
        Meanfield.commandLine().parseArgs(plan.arguments().toArray(String[]::new)).subcommand();
    return ((JobCommand) parsed.commandSpec().userObject()).settings();
  }

  @Test
  void driverReadsTheSettingsOfFilesIncludesAndAssignments() throws IOException {
    Files.writeString(
        folder.resolve("base.conf"), "train.batch-size = 32, run.seed = ${train.epochs}");
    Path job =
        Files.writeString(folder.resolve("job.conf"), "include \"base.conf\"\ntrain.epochs = 7");
    SubmissionPlan plan =
        plan("train", "--conf", job.toString(), "--set", RUNS, "--set", "train.workers=4");
    assertThat(plan.arguments()).doesNotContain("--conf", "--set");
    JobSettings settings = settingsOfDriver(plan);
    assertThat(settings.train().batchSize()).isEqualTo(32);
    assertThat(settings.train().epochs()).isEqualTo(7);
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.train().workers()).isEqualTo(4);
    assertThat(settings.run().directory()).isEqualTo("hdfs:///runs");
  }

  @Test
  void runIdIsFixedBeforeTheDriverStarts() {
    SubmissionPlan plan = plan("train", "--set", RUNS);
    assertThat(plan.arguments()).containsSequence("--run-id", plan.id().value());
    assertThat(plan("train", "--set", RUNS, "--run-id", "churn-1").id().value())
        .isEqualTo("churn-1");
  }

  @Test
  void nativeMemoryIsKnownBeforeTheDriverStarts() {
    SubmissionPlan plan = plan("train", "--set", RUNS, "--set", "run.native-memory=2g");
    assertThat(plan.nativeMemory()).hasValue(2L << 30);
    assertThat(settingsOfDriver(plan).run().nativeMemory()).hasValue(2L << 30);
  }

  @Test
  void everySubmissionHasAReportFileOfItsOwn() {
    SubmissionPlan plan = plan("train", "--set", RUNS, "--run-id", "a");
    assertThat(plan.report()).matches("hdfs:/+runs/\\.submissions/a-[0-9a-f-]{36}\\.json");
    assertThat(plan.arguments()).containsSequence("--report", plan.report());
    assertThat(plan("train", "--set", RUNS, "--run-id", "a").report()).isNotEqualTo(plan.report());
  }

  @Test
  void otherOptionsReachTheDriver() {
    SubmissionPlan plan =
        plan(
            "train",
            "--json",
            "--set",
            RUNS,
            "--extend",
            "--from",
            "s3a://models/a.npz",
            "--verbose");
    assertThat(plan.json()).isTrue();
    assertThat(plan.arguments())
        .contains("--extend", "--verbose")
        .containsSequence("--from", "s3a://models/a.npz")
        .doesNotContain("--json");
  }

  @Test
  void relativeDirectoryOfRunsIsRefused() {
    assertThatThrownBy(() -> plan("train"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "run.directory is the relative path runs, which a driver in cluster deploy mode"
                + " resolves in a directory of its own; expected an absolute path that all machines"
                + " share, or a URI such as hdfs:///data");
  }

  @Test
  void reproductionKeepsItsVersion() {
    SubmissionPlan plan =
        plan("models", "reproduce", "digits@1", "--set", RUNS, "--run-id", "again");
    assertThat(plan.arguments()).startsWith("models", "reproduce", "digits@1");
    assertThat(plan.id().value()).isEqualTo("again");
    ParseResult driver = Meanfield.commandLine().parseArgs(plan.arguments().toArray(String[]::new));
    assertThat(SubmissionPlan.path(driver)).containsExactly("models", "reproduce");
  }

  @Test
  void wrongSettingsAreRefusedOnTheSubmittingMachine() {
    assertThatThrownBy(() -> plan("train", "--set", RUNS, "--set", "train.epoch=3"))
        .hasMessageContaining("unknown key train.epoch; did you mean train.epochs?");
  }

  @Test
  void commandsOnFilesOfTheSubmittingMachineAreRefused() {
    for (List<String> command :
        List.of(
            List.of("lesson"),
            List.of("show"),
            List.of("weights", "--model", "a"),
            List.of("models", "list"))) {
      assertThatThrownBy(() -> plan(command.toArray(String[]::new)))
          .hasMessage(
              command.get(command.get(0).equals("models") ? 1 : 0)
                  + " uses files of this machine and has no cluster deploy mode; leave out"
                  + " --deploy-mode cluster");
    }
  }
}
