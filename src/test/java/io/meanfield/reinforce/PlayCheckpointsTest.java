package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.LearnerState;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TestRounds;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Continues runs whose files of epochs are damaged, missing or being written. */
class PlayCheckpointsTest {
  private static final ReinforceSettings SETTINGS =
      ReinforceSettings.read(SettingsTree.load(List.of(), List.of()).section("reinforce"));

  @TempDir private Path folder;

  private Lease lease;

  @BeforeEach
  void claim() {
    lease =
        Lease.take(
            new Runs(new Configuration(), folder.toString())
                .claim(new RunId("run"), Manifest.of(Map.of())));
  }

  @AfterEach
  void release() {
    lease.close();
  }

  private Checkpoints checkpoints(int keep) {
    return new Checkpoints(lease.run(), keep, SETTINGS.selection());
  }

  private PlayCheckpoints files(int keep, Checkpoints checkpoints) {
    return new PlayCheckpoints(lease.run(), SETTINGS, keep, checkpoints);
  }

  private static PlayState state(int epoch) {
    LearnerState learner = new LearnerState(new float[] {epoch, 2}, new float[] {3}, epoch, epoch);
    return PlayState.initial(learner, SETTINGS, 1);
  }

  private void play(int epoch, PlayCheckpoints files, Checkpoints checkpoints) {
    files.write(state(epoch));
    end(epoch, checkpoints);
  }

  private static void end(int epoch, Checkpoints checkpoints) {
    checkpoints.roundEnded(List.of(round(epoch)));
    checkpoints.epochEnded(
        result(epoch), Optional.of(TrainingState.initial(state(epoch).learner())));
  }

  /** Returns a result whose mean return grows, so that the newest epoch is the best. */
  private static EpochResult result(int epoch) {
    return new EpochResult(
        epoch,
        new EpochResult.Scores(
            0.5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of((double) epoch)),
        100,
        0.25,
        0.001);
  }

  private static RoundRow round(int epoch) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        0,
        "host",
        TestRounds.work(100, 3, Optional.of(0.5), Optional.empty(), false),
        TestRounds.cost(1.25, 0.3, 8, 9));
  }

  private void playThree(int keep) {
    try (Checkpoints checkpoints = checkpoints(keep)) {
      PlayCheckpoints files = files(keep, checkpoints);
      for (int epoch = 1; epoch <= 3; epoch++) {
        play(epoch, files, checkpoints);
      }
    }
  }

  private int resumed(int keep) {
    try (Checkpoints checkpoints = checkpoints(keep)) {
      return files(keep, checkpoints).resume().map(state -> state.learner().epoch()).orElse(0);
    }
  }

  private Path file(int epoch) {
    return folder.resolve(String.format("run/replay/epoch-%06d.state", epoch));
  }

  private void damage(int epoch) throws IOException {
    byte[] bytes = Files.readAllBytes(file(epoch));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(epoch), bytes);
    Files.deleteIfExists(file(epoch).resolveSibling("." + file(epoch).getFileName() + ".crc"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void wholeRunContinuesAfterTheNewestEpoch(int keep) {
    playThree(keep);
    assertThat(resumed(keep)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 2"})
  void damagedNewestFileCostsItsEpoch(int keep, int expected) throws IOException {
    playThree(keep);
    damage(3);
    assertThat(resumed(keep)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void runContinuesBeforeADamagedAndAMissingFile(int keep, int expected) throws IOException {
    playThree(keep);
    damage(3);
    Files.delete(file(2));
    assertThat(resumed(keep)).isEqualTo(expected);
  }
}
