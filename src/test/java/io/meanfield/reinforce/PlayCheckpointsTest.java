package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TestRounds;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    Configuration hadoop = new Configuration();
    HeldDisk.mount(hadoop);
    lease =
        Lease.take(
            new Runs(hadoop, "held:" + folder).claim(new RunId("run"), Manifest.of(Map.of())));
  }

  @AfterEach
  void release() {
    HeldDisk.holdNothing();
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
    checkpoints.epochEnded(TestPlays.result(epoch), TrainingState.initial(state(epoch).learner()));
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

  // The record of epoch 2 is still being written when the file of epoch 3 is complete. A process
  // that ends here must continue after epoch 1.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fileIsKeptUntilALaterEpochIsComplete(int keep) throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (Checkpoints checkpoints = checkpoints(keep)) {
      PlayCheckpoints files = files(keep, checkpoints);
      play(1, files, checkpoints);
      checkpoints.awaitWrites();
      CountDownLatch reached = HeldDisk.hold("checkpoints/.epoch-000002.state", released);
      files.write(state(2));
      end(2, checkpoints);
      assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();
      Thread third = new Thread(() -> files.write(state(3)));
      third.start();
      while (third.isAlive() && !(third.getState() == Thread.State.WAITING && exists(3))) {
        Thread.onSpinWait();
      }
      assertThat(folder.resolve("run/epochs/000002.json")).doesNotExist();
      assertThat(file(1)).exists();
      released.countDown();
      third.join();
    } finally {
      released.countDown();
    }
    assertThat(resumed(keep)).isEqualTo(2);
    assertThat(exists(1)).isEqualTo(keep == 2);
  }

  private boolean exists(int epoch) {
    return Files.exists(file(epoch));
  }

  /** Writes the file of epoch 3 with the checksum of its other bytes at the end. */
  private void writeSummed(byte[] bytes) throws IOException {
    int end = bytes.length - 32;
    System.arraycopy(DigestUtils.sha256(Arrays.copyOf(bytes, end)), 0, bytes, end, 32);
    Files.write(file(3), bytes);
  }

  /** The position of the number of weights of the target network. */
  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE - 8})
  void fileWithAnImpossibleLengthCostsItsEpoch(int length) throws IOException {
    playThree(2);
    byte[] bytes = Files.readAllBytes(file(3));
    ByteBuffer.wrap(bytes).putInt(74, length);
    writeSummed(bytes);
    assertThat(resumed(2)).isEqualTo(2);
  }

  @Test
  void fileOfOtherWorkersCostsItsEpoch() throws IOException {
    playThree(2);
    PlayState three = state(3);
    PlayState none =
        new PlayState(three.learner(), three.target(), List.of(), List.of(), List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PlayCodec.write(none, bytes);
    Files.write(file(3), bytes.toByteArray());
    assertThat(resumed(2)).isEqualTo(2);
  }

  private static ReplayMemory memory(float... row) {
    return ReplayMemory.empty(
            SETTINGS.learning().bufferSize(), SETTINGS.environment().observationSize())
        .with(row);
  }

  private void assertCostsItsEpoch(PlayState three) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PlayCodec.write(three, bytes);
    playThree(2);
    Files.write(file(3), bytes.toByteArray());
    assertThat(resumed(2)).isEqualTo(2);
  }

  /** The numbers of a transition: observation, action, reward, end, next observation. */
  @ParameterizedTest
  @CsvSource({
    "NaN, 1, 1, 0",
    "0, 2, 1, 0",
    "0, -1, 1, 0",
    "0, 0.5, 1, 0",
    "0, 1, Infinity, 0",
    "0, 1, 1, NaN"
  })
  void transitionThatPlayCannotHaveCostsItsEpoch(
      float observed, float action, float reward, float next) throws IOException {
    PlayState three = state(3);
    ReplayMemory memory = memory(observed, 0, 0, 0, action, reward, 0, next, 0, 0, 0);
    assertCostsItsEpoch(
        withWorkers(three, worker -> withMemory(worker, worker.episode(), 30, memory)));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 0, 0", "30, 0, 0, 0", "30, 1, -1, 0", "30, 1, 0, NaN"})
  void workerThatPlayCannotHaveCostsItsEpoch(long steps, int number, int episodeSteps, double angle)
      throws IOException {
    Episode episode = new Episode(number, new double[] {0, 0, angle, 0}, episodeSteps, 0);
    assertCostsItsEpoch(
        withWorkers(state(3), worker -> withMemory(worker, episode, steps, worker.memory())));
  }

  private static PlayState withWorkers(PlayState state, UnaryOperator<PlayWorkerState> change) {
    return new PlayState(
        state.learner(),
        state.target(),
        state.workers().stream().map(change).toList(),
        state.episodes(),
        state.evaluations());
  }

  private static PlayWorkerState withMemory(
      PlayWorkerState worker, Episode episode, long steps, ReplayMemory memory) {
    return new PlayWorkerState(worker.worker(), steps, episode, memory);
  }

  @Test
  void targetNetworkThatIsNotFiniteCostsItsEpoch() throws IOException {
    PlayState three = state(3);
    assertCostsItsEpoch(
        new PlayState(
            three.learner(),
            new float[] {1, Float.NaN},
            three.workers(),
            three.episodes(),
            three.evaluations()));
  }

  @Test
  void fileOfAnotherVersionIsRefused() throws IOException {
    playThree(2);
    byte[] bytes = Files.readAllBytes(file(3));
    bytes[7] = 2;
    writeSummed(bytes);
    assertThatThrownBy(() -> resumed(2))
        .isInstanceOf(UserException.class)
        .hasMessage(
            lease.run().display()
                + "/replay/epoch-000003.state is of version 2, expected 1; resume with the version"
                + " of Meanfield that wrote it");
    assertThat(folder.resolve("run/epochs/000003.json")).exists();
  }
}
