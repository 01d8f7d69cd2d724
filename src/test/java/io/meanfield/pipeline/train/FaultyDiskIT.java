package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.error.UserException;
import io.meanfield.fixture.FaultyDisk;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.pipeline.run.Outcome;
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
@Tag("cluster")
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
    assertThat(table(id, "epochs").select("epoch").collectAsList())
        .hasSize(EPOCHS)
        .doesNotHaveDuplicates();
    assertThat(table(id, "rounds").select("round", "worker").collectAsList())
        .hasSize(EPOCHS * ROUNDS * 2)
        .doesNotHaveDuplicates();
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

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints/.epoch-000003.state", "tables/rounds"})
  @Tag("promise")
  void fullDiskIsOneErrorMessageAndTheRerunCompletes(String file) {
    String id = "no-space-" + file.replaceAll("\\W+", "-");
    FaultyDisk.fullFor(file);
    String displayed = file.replace("/.", "/");
    assertThatThrownBy(() -> train(id))
        .hasMessage("cannot write faulty://" + folder + "/" + id + "/" + displayed + FULL);
    assertThat(drafts(id)).isEmpty();
    assertThat(directories.status(id))
        .contains("\"failed\"", "\"exit_code\" : 1", "\"store_unwritable\"", displayed + FULL);
    assertRerunCompletes(id);
  }

  @Test
  @Tag("promise")
  void diskThatIsLostHalfwayThroughAFileWhileTheNextEpochTrainsLosesOnlyThatEpoch() {
    String id = "halfway";
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
    FaultyDisk.unavailableHalfway("epochs/.000002.json", () -> await(trains));
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

  /** The fault is at the first step, the second step and so on, until there is none. */
  @Test
  void rerunCompletesAfterTheDiskWasUnavailableAtAnyStep() {
    boolean faultOccurred = true;
    for (int step = 0; faultOccurred; step++) {
      String id = "step-" + step;
      FaultyDisk.unavailableAfter(step);
      try {
        train(id);
      } catch (RuntimeException lost) { // the error message is not specified
        assertThat(FaultyDisk.faultOccurred()).isTrue();
      }
      faultOccurred = FaultyDisk.faultOccurred();
      assertRerunCompletes(id);
    }
  }
}
