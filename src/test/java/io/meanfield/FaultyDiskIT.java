package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs on a disk that becomes full or unavailable at any step: complete files stay unchanged, and
 * the same command completes the run later.
 */
class FaultyDiskIT {
  private static final String FULL =
      ": No space left on device; check run.directory, its permissions and the free space";
  private static final int EPOCHS = 3;
  private static final int ROUNDS =
      2; // of two minibatches: 21 examples a worker are three of eight

  @TempDir private static Path folder;

  private final ProcessTrainingFixture directories = new ProcessTrainingFixture(folder);

  @BeforeEach
  void mount() {
    FaultyDisk.mount();
  }

  @AfterEach
  void repair() {
    FaultyDisk.repair();
  }

  private static Outcome train(String id) {
    return train(id, new TrainingListener() {});
  }

  private static Outcome train(String id, TrainingListener listener) {
    return ProcessTrainingFixture.trainInThisProcess(
        FaultyDisk.at(folder),
        id,
        listener,
        "run.single-writer=true",
        "train.epochs=" + EPOCHS,
        "train.batch-size=8",
        "train.sync-frequency=2",
        "run.keep-checkpoints=5",
        "network.input=[2, 3, 1]",
        "network.layers=[{flatten=true},{dense=3,activation=softmax}]",
        "data.train.images=\"" + IdxFixtures.write(folder, "images", IdxFixtures.images(60)) + "\"",
        "data.train.labels=\""
            + IdxFixtures.write(folder, "labels", IdxFixtures.labels(60))
            + "\"");
  }

  /** The model of a run without a fault. */
  private static final class UninterruptedRun {
    static final Map<String, String> MODEL = train();

    private static Map<String, String> train() {
      FaultyDiskIT.train("uninterrupted");
      return ProcessTrainingFixture.model(folder.resolve("uninterrupted"));
    }
  }

  /**
   * The same command completes the run: bit-identical to a run without a fault, with every row
   * once.
   */
  private void assertRerunCompletes(String id) {
    FaultyDisk.repair();
    train(id);
    assertComplete(id);
  }

  private void assertComplete(String id) {
    assertThat(ProcessTrainingFixture.model(folder.resolve(id))).isEqualTo(UninterruptedRun.MODEL);
    assertThat(directories.status(id)).contains("\"succeeded\"");
    assertThat(table(id, "epochs").count()).isEqualTo(EPOCHS);
    assertThat(table(id, "epochs").select("epoch").distinct().count()).isEqualTo(EPOCHS);
    assertThat(table(id, "rounds").count()).isEqualTo(EPOCHS * ROUNDS * 2);
    assertThat(table(id, "rounds").select("round", "worker").distinct().count())
        .isEqualTo(EPOCHS * ROUNDS * 2);
    assertThat(folder.resolve(id).resolve("drafts")).doesNotExist();
    // The draft of a release may stay: it is written after the end, and a finished run is not
    // changed.
    assertThat(drafts(id)).allMatch(name -> name.contains(".released."));
  }

  private static Dataset<Row> table(String id, String name) {
    return LocalSpark.session().read().parquet(folder + "/" + id + "/tables/" + name);
  }

  /** Returns the files that are not complete. */
  private static List<String> drafts(String id) {
    Path run = folder.resolve(id);
    if (!Files.exists(run)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(run)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> run.relativize(path).toString())
          .filter(name -> name.startsWith("drafts/") || name.matches("(.*/)?\\..*"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertUnwritable(Throwable failure, String id) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNWRITABLE))
        .hasMessageMatching("cannot write faulty://" + folder + "/" + id + "/[a-z0-9./-]+" + FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "checkpoints/.epoch-000002.state", "tables/rounds"})
  void fullDiskIsOneErrorMessageAndTheRerunCompletes(String file) {
    String id = "no-space-" + file.replaceAll("\\W+", "-");
    FaultyDisk.fullFor(file);
    String displayed = file.replace("/.", "/");
    assertThatThrownBy(() -> train(id))
        .hasMessage("cannot write faulty://" + folder + "/" + id + "/" + displayed + FULL);
    assertThat(drafts(id)).isEmpty();
    if (Files.exists(folder.resolve(id).resolve("status.json"))) {
      assertThat(directories.status(id))
          .contains("\"failed\"", "\"exit_code\" : 1", "\"store_unwritable\"", displayed + FULL);
    }
    assertRerunCompletes(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints/.epoch-000002.state", "epochs/.000002.json"})
  void diskThatIsLostHalfwayThroughAFileWhileTheNextEpochTrainsLosesOnlyThatEpoch(String file) {
    String id = "halfway-" + file.replaceAll("\\W+", "-");
    CountDownLatch trains = new CountDownLatch(1);
    TrainingListener ofNextEpoch =
        new TrainingListener() {
          @Override
          public void roundEnded(List<RoundRow> workers) {
            if (workers.get(0).epoch() == 3) {
              trains.countDown();
            }
          }
        };
    FaultyDisk.unavailableHalfway(file, () -> await(trains));
    assertThatThrownBy(() -> train(id, ofNextEpoch))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the disk is unavailable");
    assertThat(trains.getCount()).isZero();
    assertThat(
            folder.resolve(id).resolve("epochs").toFile().list((at, name) -> !name.startsWith(".")))
        .containsExactly("000001.json");
    assertRerunCompletes(id);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("cluster")
  void fullDiskAtAnyWriteLeavesCompleteFilesUnchanged() throws IOException {
    FaultyDisk.fullFor("epochs/.000002.json");
    assertThatThrownBy(() -> train("begun")).isInstanceOf(UserException.class);
    FaultyDisk.repair();
    atEveryStep(
        "begun",
        FaultyDisk::fullAfter,
        id -> {
          Map<String, String> before = directories.files(id);
          Throwable failure = catchThrowable(() -> train(id));
          if (failure != null) { // a failed heartbeat or release at the end does not fail the job
            assertUnwritable(failure, id);
          }
          assertThat(drafts(id)).isEmpty();
          Map<String, String> after = directories.files(id);
          // The page shows the state of the attempt before, so a new attempt deletes it first.
          before
              .keySet()
              .removeAll(
                  List.of(
                      "run.json",
                      "status.json",
                      "metrics.prom",
                      "lease/000001.heartbeat",
                      RunDirectory.PAGE));
          assertThat(after).containsKeys("run.json", "status.json");
          // The state of an epoch without a record is set aside under another name.
          before.forEach(
              (file, content) ->
                  assertThat(after.getOrDefault(file, after.get(file + ".unused")))
                      .as(file)
                      .isEqualTo(content));
        },
        this::assertRerunCompletes);
  }

  @Test
  @Tag("cluster")
  void rerunCompletesAfterTheDiskWasUnavailableAtAnyStep() throws IOException {
    Files.createDirectories(folder.resolve("new"));
    atEveryStep(
        "new",
        FaultyDisk::unavailableAfter,
        id -> attempt(() -> train(id)),
        this::assertRerunCompletes);
  }

  // The error message for an unavailable disk is not specified; only the rerun is tested.
  private static void attempt(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException lost) {
      assertThat(FaultyDisk.faultOccurred()).isTrue();
    }
  }

  /**
   * Repeats the test with a fault at the first step, the second step and so on, each with a copy of
   * the run, until no fault occurs.
   */
  private static void atEveryStep(
      String template, LongConsumer faultAfter, Consumer<String> failing, Consumer<String> rerun)
      throws IOException {
    boolean faultOccurred = true;
    for (int step = 0; faultOccurred; step++) {
      String id = template + "-" + step;
      copy(folder.resolve(template), folder.resolve(id));
      faultAfter.accept(step);
      failing.accept(id);
      faultOccurred = FaultyDisk.faultOccurred();
      FaultyDisk.repair();
      rerun.accept(id);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
