package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interrupts real processes with real signals. */
class InterruptedIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @Test
  void terminatedTrainingNamesItsCompleteEpochsAndTheRerunCompletes() throws Exception {
    interruptAfterFirstEpoch("TERM");
    training.assertRerunCompletes("TERM");
  }

  @ParameterizedTest
  @Tag("cluster")
  @ValueSource(strings = {"INT", "HUP"})
  void trainingInterruptedFromTheTerminalCompletesOnRerun(String signal) throws Exception {
    interruptAfterFirstEpoch(signal);
    training.assertRerunCompletes(signal);
  }

  private void interruptAfterFirstEpoch(String signal) throws Exception {
    String master =
        "local[2] "
            + LateRejectionListener.options(Submit.classesOf(LateRejectionListener.class, runs));
    try (Submit running = training.startOn(master, signal)) {
      running.awaitLine(line -> line.startsWith("epoch   1/"));
      running.signal(signal);
      Submit.Finished finished = running.finish();
      String message =
          "interrupted by SIG"
              + signal
              + "; run "
              + signal
              + " is complete up to epoch "
              + completedEpochs(signal)
              + ", the same command continues from there";
      finished.assertFailed(130, message);
      assertThat(training.directory(signal).resolve("status.json"))
          .content()
          .contains("\"failed\"", "\"exit_code\" : 130", "\"interrupted\"", message);
      assertThat(training.directory(signal).resolve("lease/000001.released")).exists();
    }
  }

  private int completedEpochs(String id) {
    return training.directory(id).resolve("epochs").toFile().list().length;
  }

  @Test
  @Tag("cluster")
  void interruptionBeforeTheRunBeginsLeavesNoDirectory() throws Exception {
    try (Submit running = training.start("early")) {
      running.awaitLine(line -> line.startsWith("run "));
      running.signal("INT");
      running
          .finish()
          .assertFailed(
              130, "interrupted by SIGINT before the run began; the same command starts it");
    }
    assertThat(training.directory("early")).doesNotExist();
  }

  @Test
  @Tag("cluster")
  void interruptedEvaluationStartsFromTheBeginning() throws Exception {
    training.assertRerunCompletes("model");
    try (Submit running = training.evaluate("test", "model")) {
      running.awaitFile(training.directory("test").resolve("tables/evaluation"));
      running.signal("TERM");
      running
          .finish()
          .assertFailed(
              130, "interrupted by SIGTERM; the same command starts run test from the beginning");
    }
    try (Submit again = training.evaluate("test", "model")) {
      assertThat(again.finish().exitCode()).isZero();
    }
    assertThat(LocalSpark.session().read().parquet(runs + "/test/tables/predictions").count())
        .isEqualTo(10_000);
  }

  @Test
  @Tag("cluster")
  void terminatedTrainingThatWasTakenOverChangesNoFile() throws Exception {
    try (Submit paused = training.start("lost")) {
      Path run = training.directory("lost");
      paused.awaitFile(run.resolve("epochs/000001.json"));
      paused.pause();
      Files.writeString(run.resolve("lease/000002.json"), "{}");
      var before = training.files("lost");
      paused.signal("TERM");
      paused.signal("CONT");
      Submit.Finished finished = paused.finish();
      // The process ends at the signal or at the lease check after the epoch, whichever comes
      // first.
      assertThat(finished.err())
          .contains("run lost belongs to another process: it was taken over from this process")
          .hasLineCount(1);
      assertThat(finished.exitCode()).isIn(4, 130);
      assertThat(training.files("lost")).isEqualTo(before);
    }
  }
}
