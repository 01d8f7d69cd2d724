package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.CapturedLog;
import io.meanfield.network.LearnerState;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TestRounds;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    FLIPPED_BIT;

    byte[] of(byte[] whole) {
      return switch (this) {
        case EMPTY -> new byte[0];
        case HALF -> Arrays.copyOf(whole, whole.length / 2);
        case FLIPPED_BIT -> withFlippedBit(whole);
      };
    }

    private static byte[] withFlippedBit(byte[] whole) {
      byte[] flipped = whole.clone();
      flipped[whole.length / 3] ^= 4;
      return flipped;
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
      checkpoints.epochEnded(result(epoch), Optional.of(state));
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
  void missingNewestCheckpointIsNamed() throws IOException {
    Files.delete(file("checkpoints/epoch-000004.state"));
    assertThat(assertContinues("missing"))
        .containsExactly(
            "epoch 4 has no checkpoint in "
                + folder.resolve("run")
                + ", as after a kill while files are written; the run continues after epoch 3 and"
                + " trains the later ones again, with the same result");
  }

  @Test
  void runWithoutCheckpointsStartsFromTheBeginning() throws IOException {
    Files.delete(file("checkpoints/epoch-000004.state"));
    Files.delete(file("checkpoints/epoch-000003.state"));
    assertThat(assertContinues("missing"))
        .containsExactly(
            "epoch 4 has no checkpoint in "
                + folder.resolve("run")
                + ", as after a kill while files are written; the run starts from the beginning and"
                + " trains all epochs again, with the same result");
  }
}
