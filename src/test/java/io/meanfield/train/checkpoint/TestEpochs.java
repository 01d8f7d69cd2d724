package io.meanfield.train.checkpoint;

import io.meanfield.network.LearnerState;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TestRounds;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Optional;

/** Writes the records of epochs as a training does. */
public final class TestEpochs {
  private TestEpochs() {}

  /** Returns an epoch of 100 examples and half a second, whose losses are {@code loss / epoch}. */
  public static EpochResult result(int epoch, double loss) {
    return new EpochResult(
        epoch,
        new EpochResult.Scores(
            loss / epoch, Optional.of(0.9), Optional.of(loss / epoch), Optional.of(0.75)),
        100,
        0.5,
        0.001);
  }

  /** Returns the state after an epoch of a network with one weight. */
  static TrainingState state(int epoch) {
    return TrainingState.initial(LearnerState.fresh(new float[] {epoch}).atEpoch(epoch));
  }

  /** Returns the checkpoints of a run of {@link #state}. */
  static Checkpoints checkpoints(RunDirectory held, int keep) {
    return new Checkpoints(held, keep, EarlyStopping.OFF);
  }

  /**
   * Completes epochs in which two workers compute a quarter of a second each.
   *
   * @param held the directory of a run whose lease this process holds
   */
  public static void write(RunDirectory held, int from, int to, double loss) {
    try (Checkpoints checkpoints = checkpoints(held, 1)) {
      checkpoints.resume();
      for (int epoch = from; epoch <= to; epoch++) {
        checkpoints.roundEnded(List.of(round(epoch, 0), round(epoch, 1)));
        checkpoints.epochEnded(result(epoch, loss), Optional.of(state(epoch)));
      }
      checkpoints.awaitWrites();
    }
  }

  /**
   * Completes an epoch of play for each of these mean returns.
   *
   * @param held the directory of a run whose lease this process holds
   */
  public static void play(RunDirectory held, double... meanReturns) {
    try (Checkpoints checkpoints = checkpoints(held, 1)) {
      checkpoints.resume();
      for (int epoch = 1; epoch <= meanReturns.length; epoch++) {
        EpochResult.Scores scores =
            new EpochResult.Scores(
                0.25,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(meanReturns[epoch - 1]));
        checkpoints.roundEnded(List.of(round(epoch, 0), round(epoch, 1)));
        checkpoints.epochEnded(
            new EpochResult(epoch, scores, 100, 0.5, 0.001), Optional.of(state(epoch)));
      }
      checkpoints.awaitWrites();
    }
  }

  private static RoundRow round(int epoch, int worker) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        worker,
        "host",
        TestRounds.work(50, 5, Optional.of(0.5), Optional.empty(), false),
        TestRounds.cost(250, 10, 8, 8));
  }
}
