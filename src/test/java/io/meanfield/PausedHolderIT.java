package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pauses a real process with SIGSTOP: after its run was taken over it writes no file. */
@Tag("cluster")
class PausedHolderIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @Test
  void pausedHolderThatWasTakenOverChangesNoFile() throws Exception {
    takeOverAfter("epochs/000001.json");
  }

  // Complete files that are followed by a pause before the next change, because a process can still
  // be stopped between the check of its lease and the change.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status.json",
        "epochs/000003.json",
        "model.zip",
        "tables/epochs/{run}-epochs-00000.parquet"
      })
  void holderPausedAtAnotherStepChangesNoFile(String file) throws Exception {
    takeOverAfter(file);
  }

  private void takeOverAfter(String file) throws Exception {
    String id = "paused-" + file.replaceAll("\\W+", "-");
    try (Submit paused = training.start(id)) {
      paused.awaitFile(training.directory(id).resolve(file.replace("{run}", id)));
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

  @Test
  void pausedEvaluationThatWasTakenOverChangesNoFile() throws Exception {
    training.assertRerunCompletes("model");
    try (Submit paused = training.evaluate("paused-test", "model")) {
      paused.awaitFile(
          training
              .directory("paused-test")
              .resolve("tables/evaluation/paused-test-evaluation-00000.parquet"));
      takeOver(paused, "paused-test");
    }
  }
}
