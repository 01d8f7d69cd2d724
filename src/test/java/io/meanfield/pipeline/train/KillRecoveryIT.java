package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LateRejectionListener;
import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.fixture.Submit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills, interrupts and pauses real processes of a training, and kills executors. */
@Tag("cluster")
@Tag("promise")
class KillRecoveryIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @Test
  void killedExecutorIsReplaced() throws Exception {
    try (Submit running = training.startOn("local-cluster[2,1,1024]", "executor")) {
      running.awaitFile(training.directory("executor").resolve("epochs/000001.json"));
      running.killAnExecutor();
      assertThat(training.directory("executor").resolve("epochs/000003.json")).doesNotExist();
      training.assertComplete("executor", running.finish());
    }
  }

  /** The first process is paused, so that it lives while the second one looks at it. */
  @Test
  void killedAndTerminatedRunCompletesBitIdenticalAndNoSecondProcessIsAllowedBefore()
      throws Exception {
    String id = "disturbed";
    try (Submit running = training.start(id)) {
      running.awaitLine(line -> line.startsWith("epoch   1/"));
      running.pause();
      try (Submit second = training.start(id)) {
        Submit.Finished refused = second.finish();
        assertThat(refused.err())
            .startsWith("error: run disturbed belongs to another process: process ")
            .endsWith(" is working on it; wait for it, or choose another --run-id\n")
            .hasLineCount(1);
        assertThat(refused.exitCode()).isEqualTo(4);
      }
      running.kill();
    }
    assertTerminated(id);
    training.assertRerunCompletes(id);
  }

  private void assertTerminated(String id) throws Exception {
    String master =
        "local[2] "
            + LateRejectionListener.options(Submit.classesOf(LateRejectionListener.class, runs));
    try (Submit running = training.startOn(master, id)) {
      running.awaitLine(line -> line.startsWith("epoch   2/"));
      running.signal("TERM");
      Submit.Finished finished = running.finish();
      String message =
          "interrupted by SIGTERM; run disturbed is complete up to epoch "
              + training.directory(id).resolve("epochs").toFile().list().length
              + ", the same command continues from there";
      finished.assertFailed(130, message);
      assertThat(training.status(id))
          .contains("\"failed\"", "\"exit_code\" : 130", "\"interrupted\"", message);
      assertThat(training.directory(id).resolve("lease/000002.released")).exists();
    }
  }

  // Complete files that are followed by a pause before the next change, because a process can still
  // be stopped between the check of its lease and the change.
  @ParameterizedTest
  @ValueSource(strings = {"epochs/000001.json", "model.zip"})
  void pausedHolderThatWasTakenOverChangesNoFile(String file) throws Exception {
    String id = "paused-" + file.replaceAll("\\W+", "-");
    try (Submit paused = training.start(id)) {
      paused.awaitFile(training.directory(id).resolve(file));
      takeOver(paused, id);
    }
    Files.writeString(training.directory(id).resolve("lease/000002.released"), "{}");
    training.assertRerunCompletes(id);
  }

  /** Takes the run over, as a process of another host, while its holder is paused. */
  private void takeOver(Submit paused, String id) throws Exception {
    paused.pause();
    Files.writeString(
        training.directory(id).resolve("lease/000002.json"),
        "{ \"host\": \"another-host\", \"pid\": 1, \"process_started\": \"2020-01-01T00:00:00Z\","
            + " \"process_token\": \"t\" }");
    Map<String, String> before = training.files(id);
    paused.signal("CONT");
    paused
        .finish()
        .assertFailed(
            4,
            "run "
                + id
                + " belongs to another process: it was taken over from this process, which must"
                + " have been paused; wait for it, or choose another --run-id");
    assertThat(training.files(id)).isEqualTo(before);
  }
}
