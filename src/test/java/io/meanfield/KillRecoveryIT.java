package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills, interrupts and pauses real processes at every step of a run, and kills executors. */
class KillRecoveryIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @ParameterizedTest
  @Tag("cluster")
  @ValueSource(
      strings = {
        "\\.run\\.json\\..*",
        "run\\.json",
        "lease/\\.000001\\.json\\..*",
        "lease/000001\\.json",
        "lease/000001\\.heartbeat",
        "\\.status\\.json\\..*",
        "status\\.json",
        "checkpoints/\\.epoch-000002\\.state\\..*",
        "checkpoints/epoch-000002\\.state",
        "epochs/\\.000002\\.json\\..*",
        "epochs/000002\\.json",
        "\\.model\\.zip\\..*",
        "model\\.zip",
        "tables/epochs/\\..*\\.parquet\\..*",
        "tables/epochs/at-.*\\.parquet",
        "tables/rounds/\\..*\\.parquet\\..*",
        "tables/rounds/at-.*\\.parquet",
        "lease/000001\\.released"
      })
  void runKilledWhenAFileAppearsCompletesOnRerun(String file) throws Exception {
    String id = "at-" + file.replaceAll("\\W+", "-");
    try (FileWatcher watch = new FileWatcher(training.directory(id));
        Submit running = training.start(id)) {
      watch.await(file, running);
      running.kill();
    }
    training.assertRerunCompletes(id);
  }

  /** Kills the run at a random time, drawn with the seed. */
  @ParameterizedTest
  @Tag("cluster")
  @ValueSource(ints = {1, 2, 3})
  void runKilledDuringARoundCompletesOnRerun(int seed) throws Exception {
    String id = "round-" + seed;
    Random random = new Random(seed);
    try (FileWatcher watch = new FileWatcher(training.directory(id));
        Submit running = training.start(id)) {
      watch.await(random.nextBoolean() ? "status\\.json" : "epochs/00000[12]\\.json", running);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      running.kill();
    }
    training.assertRerunCompletes(id);
  }

  @Test
  @Tag("cluster")
  void runKilledAfterEveryEpochCompletesOnRerun() throws Exception {
    for (int epoch = 1; epoch <= ProcessTrainingFixture.EPOCHS; epoch++) {
      try (Submit running = training.start("again-and-again")) {
        running.awaitFile(
            training.directory("again-and-again").resolve("epochs/00000" + epoch + ".json"));
        running.kill();
      }
    }
    training.assertRerunCompletes("again-and-again");
  }

  @ParameterizedTest
  @Tag("cluster")
  @ValueSource(strings = {"status.json", "epochs/000001.json"})
  void killedExecutorIsReplaced(String file) throws Exception {
    String id = "executor-" + file.replaceAll("\\W+", "-");
    try (Submit running = training.startOn("local-cluster[2,1,1024]", id)) {
      running.awaitFile(training.directory(id).resolve(file));
      running.killAnExecutor();
      assertThat(training.directory(id).resolve("epochs/000003.json")).doesNotExist();
      training.assertComplete(id, running.finish());
    }
  }

  /** The first process is paused, so that it lives while the second one looks at it. */
  @Test
  void runThatIsKilledCompletesBitIdenticalAndNoSecondProcessIsAllowedBefore() throws Exception {
    try (Submit running = training.start("killed")) {
      running.awaitLine(line -> line.startsWith("epoch   1/"));
      running.pause();
      try (Submit second = training.start("killed")) {
        Submit.Finished refused = second.finish();
        assertThat(refused.err())
            .startsWith("error: run killed belongs to another process: process ")
            .endsWith(" is working on it; wait for it, or choose another --run-id\n")
            .hasLineCount(1);
        assertThat(refused.exitCode()).isEqualTo(4);
      }
      running.kill();
    }
    training.assertRerunCompletes("killed");
  }

  @Test
  void terminatedTrainingNamesItsCompleteEpochsAndTheRerunCompletes() throws Exception {
    String master =
        "local[2] "
            + LateRejectionListener.options(Submit.classesOf(LateRejectionListener.class, runs));
    try (Submit running = training.startOn(master, "terminated")) {
      running.awaitLine(line -> line.startsWith("epoch   1/"));
      running.signal("TERM");
      Submit.Finished finished = running.finish();
      String message =
          "interrupted by SIGTERM; run terminated is complete up to epoch "
              + training.directory("terminated").resolve("epochs").toFile().list().length
              + ", the same command continues from there";
      finished.assertFailed(130, message);
      assertThat(training.status("terminated"))
          .contains("\"failed\"", "\"exit_code\" : 130", "\"interrupted\"", message);
      assertThat(training.directory("terminated").resolve("lease/000001.released")).exists();
    }
    training.assertRerunCompletes("terminated");
  }

  // Complete files that are followed by a pause before the next change, because a process can still
  // be stopped between the check of its lease and the change.
  @ParameterizedTest
  @Tag("cluster")
  @ValueSource(strings = {"status.json", "epochs/000001.json", "model.zip"})
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
