package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.CapturedLog;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TestRounds;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damages each file of a run of four epochs and continues the run, whose states are a function of
 * the state before.
 */
class DamagedEpochFilesTest {
  private static final int EPOCHS = 4;
  private static final List<String> FILES =
      List.of(
          "epochs/000001.json",
          "epochs/000002.json",
          "epochs/000003.json",
          "epochs/000004.json",
          "checkpoints/epoch-000003.state",
          "checkpoints/epoch-000004.state");

  @TempDir private Path folder;
  private Lease lease;

  /** What becomes of a file. */
  enum Damage {
    EMPTY,
    HALF,
    WITHOUT_LAST_BYTE,
    LONGER,
    ZEROS,
    GARBAGE,
    FLIPPED_BIT,
    WITHOUT_MIDDLE,
    NESTED,
    NULL,
    OBJECT;

    byte[] of(byte[] whole) {
      return switch (this) {
        case EMPTY -> new byte[0];
        case HALF -> Arrays.copyOf(whole, whole.length / 2);
        case WITHOUT_LAST_BYTE -> Arrays.copyOf(whole, whole.length - 1);
        case LONGER -> Arrays.copyOf(whole, whole.length + 1);
        case ZEROS -> new byte[whole.length];
        case GARBAGE -> garbage(whole.length);
        case FLIPPED_BIT -> withFlippedBit(whole);
        case WITHOUT_MIDDLE -> withoutMiddle(whole);
        case NESTED -> "[".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        case NULL -> "null".getBytes(StandardCharsets.UTF_8);
        case OBJECT -> "{}".getBytes(StandardCharsets.UTF_8);
      };
    }

    private static byte[] garbage(int length) {
      byte[] garbage = new byte[length];
      new Random(length).nextBytes(garbage);
      return garbage;
    }

    private static byte[] withFlippedBit(byte[] whole) {
      byte[] flipped = whole.clone();
      flipped[whole.length / 3] ^= 4;
      return flipped;
    }

    private static byte[] withoutMiddle(byte[] whole) {
      int from = whole.length / 2;
      byte[] cut = Arrays.copyOf(whole, whole.length - 20);
      System.arraycopy(whole, from + 20, cut, from, whole.length - from - 20);
      return cut;
    }
  }

  @BeforeEach
  void trainOnce() {
    lease =
        Lease.take(
            new Runs(new Configuration(), folder.toString())
                .claim(new RunId("run"), Manifest.of(Map.of("run_id", "run"))));
    assertThat(trained()).isEqualTo(state(EPOCHS));
  }

  @AfterEach
  void release() {
    lease.close();
  }

  private Checkpoints checkpoints(EarlyStopping earlyStopping) {
    return new Checkpoints(lease.run(), 2, earlyStopping);
  }

  /** Continues the run to its last epoch, and returns its checkpoint. */
  private byte[] trained() {
    Checkpoints checkpoints = checkpoints(EarlyStopping.OFF);
    TrainingState state = checkpoints.resume().orElseGet(() -> TrainingState.initial(initial()));
    for (int epoch = state.learner().epoch() + 1; epoch <= EPOCHS; epoch++) {
      state = after(state);
      checkpoints.roundEnded(List.of(row(epoch)));
      checkpoints.epochEnded(result(epoch), state);
    }
    checkpoints.awaitWrites();
    return CheckpointCodec.toBytes(state);
  }

  private static byte[] state(int epochs) {
    TrainingState state = TrainingState.initial(initial());
    for (int epoch = 1; epoch <= epochs; epoch++) {
      state = after(state);
    }
    return CheckpointCodec.toBytes(state);
  }

  private static LearnerState initial() {
    return new LearnerState(new float[] {1, -2, 3}, new float[] {0.5f}, 0, 0);
  }

  private static TrainingState after(TrainingState before) {
    LearnerState learner = before.learner();
    float[] weights = learner.weights().clone();
    weights[learner.epoch() % weights.length] *= 0.75f;
    int epoch = learner.epoch() + 1;
    return TrainingState.initial(
        new LearnerState(weights, learner.optimizerState(), 7 * epoch, epoch));
  }

  private static RoundRow row(int epoch) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        0,
        "host",
        TestRounds.work(100, 3, Optional.of(0.5), Optional.empty(), false),
        TestRounds.cost(1.25, 0.3, 8, 9));
  }

  private static EpochResult result(int epoch) {
    return new EpochResult(
        epoch,
        new EpochResult.Scores(0.1 / epoch, Optional.of(0.9), Optional.empty(), Optional.empty()),
        100,
        0.25,
        0.001);
  }

  private Path file(String name) {
    return folder.resolve("run").resolve(name);
  }

  /** Asserts that a continued run has the bits of an uninterrupted one, twice. */
  private List<String> assertContinues(String what) throws IOException {
    try (CapturedLog log = CapturedLog.of(EpochFiles.class)) {
      assertThat(trained()).as(what).isEqualTo(state(EPOCHS));
      assertThat(Files.readAllBytes(file("checkpoints/epoch-000004.state")))
          .as(what)
          .isEqualTo(state(EPOCHS));
      assertThat(Checkpoints.completedEpochs(lease.run())).as(what).isEqualTo(EPOCHS);
      List<String> first = List.copyOf(log.messages());
      Checkpoints again = checkpoints(EarlyStopping.OFF);
      assertThat(again.resume()).as(what).isPresent();
      assertThat(again.epochs()).as(what).isEqualTo(EPOCHS);
      return first;
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedFileIsNamedAndItsEpochIsTrainedAgain(Damage damage) throws IOException {
    for (String name : FILES) {
      byte[] whole = Files.readAllBytes(file(name));
      Files.write(file(name), damage.of(whole));
      List<String> warnings = assertContinues(damage + " " + name);
      boolean isUnused = name.endsWith("epoch-000003.state");
      if (!isUnused) {
        assertThat(warnings)
            .as(damage + " " + name)
            .anySatisfy(
                warning ->
                    assertThat(warning)
                        .startsWith(file(name) + " cannot be used: it")
                        .doesNotContain("\n", "Exception", "jackson")
                        .endsWith("; the run continues from the newest epoch that is complete"));
      }
    }
  }

  @Test
  void directoryInPlaceOfAFileIsReplaced() throws IOException {
    for (String name : FILES) {
      Files.delete(file(name));
      Files.createDirectories(file(name).resolve("inside"));
      List<String> warnings = assertContinues(name);
      if (!name.endsWith("epoch-000003.state")) {
        assertThat(warnings)
            .contains(
                file(name)
                    + " cannot be used: it is a directory; the run continues from the newest epoch"
                    + " that is complete");
      }
      assertThat(file("checkpoints/epoch-000004.state")).isRegularFile();
    }
  }

  @Test
  void missingNewestCheckpointIsNamed() throws IOException {
    Files.delete(file("checkpoints/epoch-000004.state"));
    assertThat(assertContinues("missing"))
        .containsExactly(
            file("checkpoints/epoch-000004.state")
                + " cannot be used: it is missing; the run continues from the newest epoch that is"
                + " complete");
  }

  /** A damaged record of an old epoch is only history, if no epochs are compared. */
  @Test
  void runContinuesAfterTheNewestCheckpointThoughAnOlderRecordIsDamaged() throws IOException {
    byte[] damaged = Damage.FLIPPED_BIT.of(Files.readAllBytes(file("epochs/000002.json")));
    Files.write(file("epochs/000002.json"), damaged);
    Checkpoints checkpoints = checkpoints(EarlyStopping.OFF);
    try (CapturedLog log = CapturedLog.of(EpochFiles.class)) {
      assertThat(checkpoints.resume().map(CheckpointCodec::toBytes)).contains(state(EPOCHS));
      assertThat(log.messages())
          .hasSize(2) // the first one names the damage
          .endsWith(
              file("").toString()
                  + ": the tables epochs and rounds will lack the epochs [2], whose records are"
                  + " damaged or belong to another run; the model is not affected");
    }
    assertThat(replayed(checkpoints)).containsExactly(1, 3, 4);
    assertThat(file("epochs/000002.json")).hasBinaryContent(damaged);
    checkpoints.epochEnded(result(5), TrainingState.initial(initial()));
    checkpoints.awaitWrites();
    assertThat(file("checkpoints")).isDirectoryNotContaining("glob:**epoch-000003.state");
    assertThat(file("checkpoints")).isDirectoryContaining("glob:**epoch-000004.state");
  }

  private static List<Integer> replayed(Checkpoints checkpoints) {
    List<Integer> epochs = new ArrayList<>();
    checkpoints.replay(
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult epoch, TrainingState state) {
            epochs.add(epoch.epoch());
          }
        },
        TrainingState.initial(initial()));
    return epochs;
  }

  /** The best epoch is unknown, so epochs are trained again; their files are kept until then. */
  @Test
  void filesOfLaterEpochsStayUntilTheyAreTrainedAgainIfEpochsAreCompared() throws IOException {
    byte[] record = Files.readAllBytes(file("epochs/000003.json"));
    byte[] state = Files.readAllBytes(file("checkpoints/epoch-000004.state"));
    Files.write(file("epochs/000002.json"), new byte[0]);
    Checkpoints checkpoints = checkpoints(new EarlyStopping(9, 0));
    try (CapturedLog log = CapturedLog.of(UnusedEpochs.class)) {
      assertThat(checkpoints.resume()).isEmpty();
      assertThat(log.messages())
          .containsExactly(
              file("").toString()
                  + ": epochs 1 to 4 are trained again; their files have the ending .unused until"
                  + " then");
    }
    assertThat(file("epochs/000003.json.unused")).hasBinaryContent(record);
    assertThat(file("checkpoints/epoch-000004.state.unused")).hasBinaryContent(state);
    assertContinues("unused");
    assertThat(file("epochs")).isDirectoryNotContaining("glob:**.unused");
    assertThat(file("checkpoints")).isDirectoryNotContaining("glob:**.unused");
  }

  @Test
  void filesWithOtherNamesAreNamedAndStay() throws IOException {
    List<String> names =
        List.of(
            "epochs/notes.txt",
            "epochs/99999999999.json",
            "epochs/-00001.json",
            "epochs/0000005.json",
            "checkpoints/epoch-.state",
            "checkpoints/epoch-00000x.state",
            "checkpoints/epoch-99999999999.state",
            "checkpoints/x");
    for (String name : names) {
      Files.writeString(file(name), "mine");
    }
    Files.writeString(file("epochs/.000005.json.draft"), "half");
    List<String> warnings = assertContinues("strays");
    assertThat(warnings)
        .containsExactlyInAnyOrderElementsOf(
            names.stream()
                .map(name -> file(name) + " is ignored: it is no file of a run")
                .toList());
    for (String name : names) {
      assertThat(file(name)).hasContent("mine");
    }
  }

  /** A checksum file of Hadoop that does not belong to the file hides it. */
  @Test
  void wrongChecksumFileOfHadoopIsDamage() throws IOException {
    Path whole = file("hadoop");
    try (OutputStream out =
        FileSystem.getLocal(new Configuration())
            .create(new org.apache.hadoop.fs.Path(whole.toUri()))) {
      out.write(7);
    }
    Files.move(file(".hadoop.crc"), file("epochs/.000003.json.crc"));
    assertThat(assertContinues("crc"))
        .anySatisfy(
            warning -> assertThat(warning).startsWith(file("epochs/000003.json") + " cannot"));
  }

  /** Writes files of an epoch whose checksums are right. */
  private void replaceEpoch(int epoch, Optional<String> runId, TrainingState state) {
    byte[] file = CheckpointCodec.toBytes(state);
    EpochRecord record =
        EpochRecord.of(runId, result(epoch), DigestUtils.sha256Hex(file), List.of(row(epoch)));
    lease.run().replace(EpochFolder.CHECKPOINTS.file(epoch), out -> out.write(file));
    lease.run().replace(EpochFolder.RECORDS.file(epoch), record.content());
  }

  @Test
  void firstEpochOfAnotherRunIsNamed() throws IOException {
    for (int epoch = 2; epoch <= EPOCHS; epoch++) {
      lease.run().delete(EpochFolder.RECORDS.file(epoch));
    }
    TrainingState foreign =
        TrainingState.initial(initial().withWeights(new float[] {9, 9, 9}).atEpoch(1));
    replaceEpoch(1, Optional.of("other"), foreign);
    assertThat(assertContinues("foreign"))
        .contains(
            file("epochs/000001.json")
                + " cannot be used: it belongs to run other, expected run; the run continues from"
                + " the newest epoch that is complete");
  }

  /** A sparse file, which takes no space on the disk. */
  @Test
  void fileThatIsLargerThanAnArrayIsNotRead() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file("epochs/000003.json").toFile(), "rw")) {
      large.setLength(3L << 30);
    }
    assertThat(assertContinues("large"))
        .contains(
            file("epochs/000003.json")
                + " cannot be used: it has 3221225472 bytes, which no record or checkpoint has; the"
                + " run continues from the newest epoch that is complete");
  }

  @Test
  void copyOfAnotherRecordIsNamed() throws IOException {
    Files.write(file("epochs/000002.json"), Files.readAllBytes(file("epochs/000001.json")));
    assertThat(assertContinues("copy"))
        .contains(
            file("epochs/000002.json")
                + " cannot be used: it does not describe epoch 2; the run continues from the"
                + " newest epoch that is complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"epochs", "checkpoints"})
  void fileInPlaceOfADirectoryStopsTheRun(String name) throws IOException {
    Files.move(file(name), file("moved"));
    Files.writeString(file(name), "");
    assertThatThrownBy(this::trained)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file(name)
                + " is a file, expected a directory; delete it, and run the same command again");
  }
}
