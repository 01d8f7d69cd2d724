package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills real processes with SIGKILL at every step of a run, and kills executors. */
@Tag("cluster")
class KillRecoveryIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\.run\\.json\\..*",
        "run\\.json",
        "lease/\\.000001\\.json\\..*",
        "lease/000001\\.json",
        "lease/000001\\.heartbeat",
        "\\.status\\.json\\..*",
        "status\\.json",
        "checkpoints/\\.epoch-000001\\.state\\..*",
        "checkpoints/epoch-000001\\.state",
        "epochs/\\.000001\\.json\\..*",
        "epochs/000001\\.json",
        "checkpoints/\\.epoch-000002\\.state\\..*",
        "checkpoints/epoch-000002\\.state",
        "epochs/\\.000002\\.json\\..*",
        "epochs/000002\\.json",
        "checkpoints/\\.epoch-000003\\.state\\..*",
        "checkpoints/epoch-000003\\.state",
        "epochs/\\.000003\\.json\\..*",
        "epochs/000003\\.json",
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
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
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
  @ValueSource(ints = {1, 2, 3})
  void runWithATruncatedCheckpointResumesFromThePreviousOne(int epoch) throws Exception {
    String id = "cut-" + epoch;
    Path run = training.directory(id);
    Path record = run.resolve("epochs/00000" + epoch + ".json");
    try (Submit running = training.start(id)) {
      running.awaitFile(record);
      running.kill();
    }
    List<Path> states;
    try (var all = Files.list(run.resolve("checkpoints"))) {
      states = all.filter(path -> path.toString().endsWith(".state")).sorted().toList();
    }
    truncateToHalf(states.get(states.size() - 1));
    FileTime before = Files.getLastModifiedTime(record);
    training.assertRerunCompletes(id);
    assertThat(Files.getLastModifiedTime(record)).isGreaterThan(before);
  }

  private static void truncateToHalf(Path file) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(access.length() / 2);
    }
  }

  @ParameterizedTest
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
}
