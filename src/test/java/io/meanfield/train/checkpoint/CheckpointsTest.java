package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.History;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TestRounds;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
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

  private Checkpoints checkpoints() {
    return checkpoints(EarlyStopping.OFF);
  }

  private Checkpoints checkpoints(EarlyStopping earlyStopping) {
    return new Checkpoints(lease.run(), 2, earlyStopping);
  }

  private static TrainingState state(int epoch) {
    return new TrainingState(
        new LearnerState(
            new float[] {epoch, -0f, Float.MIN_VALUE}, new float[] {epoch / 3f}, 7 * epoch, epoch),
        new float[] {-epoch / 7f, 0, 1});
  }

  private static EpochResult result(int epoch, double validationLoss) {
    return new EpochResult(
        epoch,
        new EpochResult.Scores(
            0.1 / epoch, Optional.of(0.9), Optional.of(validationLoss), Optional.of(0.95)),
        100,
        0.123456789,
        0.001);
  }

  private static RoundRow round(int epoch, Optional<Double> loss) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        1,
        "host",
        TestRounds.work(50, 3, loss, Optional.of("3"), loss.isEmpty()),
        TestRounds.cost(1.25, 0.3, 8, 9));
  }

  /** Trains epochs whose validation loss is lowest in epoch 2. */
  private void train(Checkpoints checkpoints, int from, int to) {
    for (int epoch = from; epoch <= to; epoch++) {
      checkpoints.roundEnded(
          List.of(round(epoch, Optional.of(0.1 * epoch)), round(epoch, Optional.empty())));
      checkpoints.epochEnded(result(epoch, Math.abs(epoch - 2)), Optional.of(state(epoch)));
    }
    checkpoints.awaitWrites();
  }

  private void assertResumesAfter(int epoch) {
    Checkpoints checkpoints = checkpoints();
    Optional<TrainingState> state = checkpoints.resume();
    assertThat(checkpoints.epochs()).isEqualTo(epoch);
    assertThat(state.isPresent()).isEqualTo(epoch > 0);
    state.ifPresent(
        found -> {
          LearnerState learner = found.learner();
          assertThat(learner.weights()).isEqualTo(state(epoch).learner().weights());
          assertThat(learner.optimizerState()).isEqualTo(state(epoch).learner().optimizerState());
          assertThat(learner.iteration()).isEqualTo(7 * epoch);
          assertThat(learner.epoch()).isEqualTo(epoch);
          assertThat(found.outerMomentum()).isEqualTo(state(epoch).outerMomentum());
        });
  }

  private Path file(int epoch) {
    return folder.resolve(String.format("run/checkpoints/epoch-%06d.state", epoch));
  }

  @Test
  void changesAfterTheEndOfAnEpochAreNotInItsFiles() {
    try (Checkpoints checkpoints = checkpoints()) {
      TrainingState trained = state(1);
      checkpoints.roundEnded(List.of(round(1, Optional.of(0.1)), round(1, Optional.empty())));
      checkpoints.epochEnded(result(1, 1), Optional.of(trained));
      checkpoints.roundEnded(List.of(round(2, Optional.of(0.2)), round(2, Optional.empty())));
      Arrays.fill(trained.learner().weights(), 9);
      Arrays.fill(trained.learner().optimizerState(), 9);
      Arrays.fill(trained.outerMomentum(), 9);
      checkpoints.epochEnded(result(2, 0), Optional.of(state(2)));
    }
    assertResumesAfter(2);
    assertThat(new EpochFiles(lease.run()).wholeRecords().get(0).rounds()).hasSize(2);
    Checkpoints first = checkpoints();
    lease.run().delete("epochs/000002.json");
    assertThat(first.resume().orElseThrow().learner().weights())
        .isEqualTo(state(1).learner().weights());
  }

  @Test
  @Timeout(60)
  void failedWriteEndsTrainingAtALaterRound() throws IOException {
    Files.createFile(folder.resolve("run/checkpoints"));
    try (Checkpoints checkpoints = checkpoints()) {
      checkpoints.epochEnded(result(1, 1), Optional.of(state(1)));
      assertThatThrownBy(
              () -> {
                while (true) {
                  checkpoints.roundEnded(List.of());
                }
              })
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("cannot write " + file(1) + ": ");
    }
    assertThat(folder.resolve("run/epochs")).doesNotExist();
  }

  @Test
  void newRunHasNothingToResume() {
    assertResumesAfter(0);
  }

  @Test
  void resumeReturnsTheNewestEpochWithItsHistory() {
    train(checkpoints(), 1, 3);
    assertResumesAfter(3);
    Checkpoints checkpoints = checkpoints();
    checkpoints.resume();
    History history = new History(Engine.DL4J, EarlyStopping.OFF);
    checkpoints.replay(history);
    assertThat(history.epochs()).containsExactly(result(1, 1), result(2, 0), result(3, 1));
    assertThat(history.rounds())
        .hasSize(6)
        .contains(round(2, Optional.of(0.2)), round(2, Optional.empty()));
  }

  @Test
  void epochsThatEndFasterThanTheDiskWritesLeaveTheSameFiles() {
    train(checkpoints(), 1, 300);
    assertThat(folder.resolve("run/checkpoints"))
        .isDirectoryContaining(path -> path.equals(file(2)))
        .isDirectoryContaining(path -> path.equals(file(299)))
        .isDirectoryContaining(path -> path.equals(file(300)));
    assertThat(folder.resolve("run/checkpoints").toFile().list()).hasSize(3);
    assertThat(new EpochFiles(lease.run()).wholeRecords()).hasSize(300);
    assertResumesAfter(300);
  }

  @Test
  void newestTwoCheckpointsAndTheBestAreKept() {
    train(checkpoints(), 1, 6);
    assertThat(file(2)).exists(); // the best
    assertThat(file(5)).exists();
    assertThat(file(6)).exists();
    assertThat(folder.resolve("run/checkpoints").toFile().list()).hasSize(3);
  }

  @Test
  void bestCheckpointOfEarlyStoppingIsKeptAcrossResumes() {
    EarlyStopping earlyStopping = new EarlyStopping(9);
    train(checkpoints(earlyStopping), 1, 3);
    Checkpoints resumed = checkpoints(earlyStopping);
    resumed.resume();
    train(resumed, 4, 6);
    assertThat(resumed.best().learner().weights()).isEqualTo(state(2).learner().weights());
    assertThat(folder.resolve("run/checkpoints").toFile().list()).hasSize(3);
    Checkpoints again = checkpoints(earlyStopping);
    assertThat(again.resume().orElseThrow().learner().epoch()).isEqualTo(6);
    assertThat(again.best().outerMomentum()).isEqualTo(state(2).outerMomentum());
  }

  @Test
  void lostBestCheckpointDiscardsLaterEpochsIfEarlyStoppingIsOn() throws IOException {
    train(checkpoints(), 1, 6);
    Files.delete(file(2)); // the best
    assertResumesAfter(6);
    assertThat(checkpoints(new EarlyStopping(9)).resume()).isEmpty();
    assertResumesAfter(0);
  }

  @Test
  void damagedBestCheckpointIsNamed() throws IOException {
    Checkpoints checkpoints = checkpoints(new EarlyStopping(9));
    train(checkpoints, 1, 3);
    Files.write(file(2), new byte[] {1});
    assertThatThrownBy(checkpoints::best)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file(2)
                + " is damaged or missing, expected the weights of the best epoch; run the same"
                + " command again to retrain the lost epochs");
  }

  @Test
  void truncatedCheckpointFallsBackToThePreviousOne() throws IOException {
    train(checkpoints(), 1, 5);
    byte[] whole = Files.readAllBytes(file(5));
    Files.write(file(5), Arrays.copyOf(whole, whole.length / 2));
    assertResumesAfter(4);
    assertResumesAfter(4); // again, because the record of the lost epoch was deleted
    Checkpoints checkpoints = checkpoints();
    checkpoints.resume();
    train(checkpoints, 5, 5);
    assertResumesAfter(5);
  }

  @Test
  void checkpointWithoutItsRecordDoesNotCount() throws IOException {
    train(checkpoints(), 1, 2);
    Files.delete(folder.resolve("run/epochs/000002.json"));
    assertResumesAfter(1);
  }

  @Test
  void monitoredMetricIsRecorded() throws IOException {
    EpochResult.Scores scores =
        new EpochResult.Scores(
            0.1, Optional.of(0.9), Optional.of(0.2), Optional.empty(), Optional.of(0.75));
    EpochResult monitored = new EpochResult(1, scores, 9, 1, 0.5);
    String json = Json.text(RecordedEpoch.of(monitored, Optional.of("sum"), List.of()));
    assertThat(json).contains("\"monitored\" : 0.75");
    assertThat(parsed(json)).isEqualTo(monitored);
  }

  private static EpochResult parsed(String json) throws IOException {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8), RecordedEpoch.class).result();
  }
}
