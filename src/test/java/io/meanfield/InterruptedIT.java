package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and kill: real processes, real signals. */
class InterruptedIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @Test
  void terminatedTrainingSaysWhatIsSafeAndGoesOn() throws Exception {
    interruptAfterTheFirstEpoch("TERM");
    training.assertGoesOn("TERM");
  }

  @ParameterizedTest
  @Tag("cluster")
  @ValueSource(strings = {"INT", "HUP"})
  void soDoesOneThatAPersonInterrupts(String signal) throws Exception {
    interruptAfterTheFirstEpoch(signal);
    training.assertGoesOn(signal);
  }

  private void interruptAfterTheFirstEpoch(String signal) throws Exception {
    String complaining =
        "local[2] " + LateRejectionListener.in(Submit.classesOf(LateRejectionListener.class, runs));
    try (Submit running = training.startOn(complaining, signal)) {
      running.awaitLine(line -> line.startsWith("epoch   1/"));
      running.signal(signal);
      Submit.Finished finished = running.finish();
      String sentence =
          "interrupted by SIG"
              + signal
              + "; run "
              + signal
              + " is safe up to epoch "
              + safeEpochs(signal)
              + ", the same command goes on from there";
      finished.saysOneSentence(130, sentence);
      assertThat(training.directory(signal).resolve("status.json"))
          .content()
          .contains("\"failed\"", "\"exit_code\" : 130", "\"interrupted\"", sentence);
      assertThat(training.directory(signal).resolve("lease/000001.released")).exists();
    }
  }

  private int safeEpochs(String id) {
    return training.directory(id).resolve("epochs").toFile().list().length;
  }

  @Test
  @Tag("cluster")
  void trainingThatHasNotBegunSaysSo() throws Exception {
    try (Submit running = training.start("early")) {
      running.awaitLine(line -> line.startsWith("run "));
      running.signal("INT");
      running
          .finish()
          .saysOneSentence(
              130,
              "interrupted by SIGINT before work on the run began; the same command begins it");
    }
    assertThat(training.directory("early")).doesNotExist();
  }

  @Test
  @Tag("cluster")
  void evaluationBeginsAnew() throws Exception {
    training.assertGoesOn("model");
    try (Submit running = training.evaluate("test", "model")) {
      running.awaitFile(training.directory("test").resolve("tables/evaluation"));
      running.signal("TERM");
      running
          .finish()
          .saysOneSentence(130, "interrupted by SIGTERM; the same command begins run test anew");
    }
    try (Submit again = training.evaluate("test", "model")) {
      assertThat(again.finish().exitCode()).isZero();
    }
    assertThat(LocalSpark.session().read().parquet(runs + "/test/tables/predictions").count())
        .isEqualTo(10_000);
  }

  @Test
  @Tag("cluster")
  void pausedTrainingThatWasTakenOverLeavesTheStatusAlone() throws Exception {
    try (Submit paused = training.start("lost")) {
      paused.awaitLine(line -> line.startsWith("epoch   1/"));
      paused.pause();
      Path run = training.directory("lost");
      Files.writeString(run.resolve("lease/000002.json"), "{}");
      var before = training.files("lost");
      paused.signal("TERM");
      paused.signal("CONT");
      Submit.Finished finished = paused.finish();
      // The signal, or the fence at the end of the epoch: whichever the process meets first.
      assertThat(finished.err())
          .contains("run lost belongs to another process: it was taken over from this process")
          .hasLineCount(1);
      assertThat(finished.exitCode()).isIn(4, 130);
      assertThat(training.files("lost")).isEqualTo(before);
    }
  }
}
