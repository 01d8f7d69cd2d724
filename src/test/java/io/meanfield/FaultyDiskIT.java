package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** A disk that is full, or lost, at any step of a run: what is there stays, and the run goes on. */
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
    return train(id, EPOCHS, false);
  }

  private static Outcome train(String id, int epochs, boolean extend) {
    return ProcessTrainingFixture.trainHere(
        FaultyDisk.at(folder),
        id,
        extend,
        "train.epochs=" + epochs,
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

  /** Of a run that no fault has met. */
  private static final class UninterruptedRun {
    static final Map<String, String> MODEL = train();

    private static Map<String, String> train() {
      FaultyDiskIT.train("whole");
      return ProcessTrainingFixture.model(folder.resolve("whole"));
    }
  }

  /** The same command ends well, with the bits of a run that met no fault and every row once. */
  private void assertGoesOn(String id) {
    FaultyDisk.repair();
    train(id);
    assertWhole(id);
  }

  private void assertWhole(String id) {
    assertThat(ProcessTrainingFixture.model(folder.resolve(id))).isEqualTo(UninterruptedRun.MODEL);
    assertThat(directories.status(id)).contains("\"succeeded\"");
    assertThat(table(id, "epochs").count()).isEqualTo(EPOCHS);
    assertThat(table(id, "epochs").select("epoch").distinct().count()).isEqualTo(EPOCHS);
    assertThat(table(id, "rounds").count()).isEqualTo(EPOCHS * ROUNDS * 2);
    assertThat(table(id, "rounds").select("round", "worker").distinct().count())
        .isEqualTo(EPOCHS * ROUNDS * 2);
    assertThat(folder.resolve(id).resolve("drafts")).doesNotExist();
    // That of a release may stay: it comes after the end, and a finished run is not written to.
    assertThat(drafts(id)).allMatch(name -> name.contains(".released."));
  }

  private static Dataset<Row> table(String id, String name) {
    return LocalSpark.session().read().parquet(folder + "/" + id + "/tables/" + name);
  }

  /** Files that are not complete. */
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

  private static void assertSaysOneSentence(Throwable failure, String id) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNWRITABLE))
        .hasMessageMatching("cannot write faulty:" + folder + "/" + id + "/[a-z0-9./-]+" + FULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.json",
        "lease/.000001.json",
        "status.json",
        "checkpoints/.epoch-000002.state",
        "epochs/.000002.json",
        "model.zip",
        "drafts/epochs",
        "drafts/rounds"
      })
  void noSpaceForAFileIsOneSentenceAndTheRunGoesOn(String file) {
    String id = "no-space-" + file.replaceAll("\\W+", "-");
    FaultyDisk.fullFor(file);
    String shown = file.replace("/.", "/").replace("drafts", "tables");
    assertThatThrownBy(() -> train(id))
        .hasMessage("cannot write faulty:" + folder + "/" + id + "/" + shown + FULL);
    assertThat(drafts(id)).isEmpty();
    assertGoesOn(id);
  }

  @Test
  void whatWasFullIsInTheStatus() {
    FaultyDisk.fullFor("model.zip");
    assertThatThrownBy(() -> train("status")).isInstanceOf(UserException.class);
    assertThat(directories.status("status"))
        .contains("\"failed\"", "\"exit_code\" : 1", "\"store_unwritable\"", "model.zip" + FULL);
  }

  @Test
  @Tag("cluster")
  void noSpaceForAnyWriteHarmsNothing() throws IOException {
    FaultyDisk.fullFor("epochs/.000002.json");
    assertThatThrownBy(() -> train("begun")).isInstanceOf(UserException.class);
    FaultyDisk.repair();
    atEveryMoment(
        "begun",
        FaultyDisk::fullAfter,
        id -> {
          Map<String, String> before = directories.files(id);
          Throwable failure = catchThrowable(() -> train(id));
          if (failure != null) { // none for a heartbeat, and for the release at the end
            assertSaysOneSentence(failure, id);
          }
          assertThat(drafts(id)).isEmpty();
          Map<String, String> after = directories.files(id);
          before.keySet().removeAll(List.of("run.json", "status.json", "lease/000001.heartbeat"));
          assertThat(after).containsAllEntriesOf(before).containsKeys("run.json", "status.json");
        },
        this::assertGoesOn);
  }

  @Test
  @Tag("cluster")
  void diskThatIsGoneAtAnyStepLosesNothing() throws IOException {
    Files.createDirectories(folder.resolve("new"));
    atEveryMoment("new", FaultyDisk::goneAfter, id -> attempt(() -> train(id)), this::assertGoesOn);
  }

  @Test
  @Tag("cluster")
  void diskThatIsGoneWhileARunIsExtendedLosesNothing() throws IOException {
    train("shorter", EPOCHS - 1, false);
    atEveryMoment(
        "shorter",
        FaultyDisk::goneAfter,
        id -> attempt(() -> train(id, EPOCHS, true)),
        id -> {
          train(id, EPOCHS, true);
          assertWhole(id);
        });
  }

  // What a job says about a disk that is gone is not promised, only what comes after.
  private static void attempt(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException lost) {
      assertThat(FaultyDisk.wasMet()).isTrue();
    }
  }

  /** With a copy of a run for every step at which the fault can come, until nobody meets it. */
  private static void atEveryMoment(
      String template, LongConsumer faultAfter, Consumer<String> failing, Consumer<String> goingOn)
      throws IOException {
    boolean met = true;
    for (int step = 0; met; step++) {
      String id = template + "-" + step;
      copy(folder.resolve(template), folder.resolve(id));
      faultAfter.accept(step);
      failing.accept(id);
      met = FaultyDisk.wasMet();
      FaultyDisk.repair();
      goingOn.accept(id);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  @Tag("cluster")
  void processOnAFullDiskSaysOneSentence() throws Exception {
    String runs = "run.directory=\"" + FaultyDisk.at(folder) + "\"";
    Path classes = Submit.classesOf(FaultyDisk.class, folder);
    String full = "local[2] " + FaultyDisk.mountFull(classes, "drafts/rounds");
    try (Submit process = directories.startOn(full, "process", "--set", runs)) {
      process
          .finish()
          .saysOneSentence(1, "cannot write faulty:" + folder + "/process/tables/rounds" + FULL);
    }
    String roomy = "local[2] " + FaultyDisk.mountFull(classes, "no-such-file");
    try (Submit process = directories.startOn(roomy, "process", "--set", runs)) {
      directories.assertWhole("process", process.finish());
    }
  }
}
