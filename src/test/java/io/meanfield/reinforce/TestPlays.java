package io.meanfield.reinforce;

import io.meanfield.network.LearnerState;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TestRounds;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.Checkpoints;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the files of epochs as a run of play does, and continues from them. */
public final class TestPlays {
  private static final ReinforceSettings SETTINGS =
      ReinforceSettings.read(SettingsTree.load(List.of(), List.of()).section("reinforce"));
  private static final int KEEP = 2;

  private TestPlays() {}

  /**
   * Completes epochs.
   *
   * @param held the directory of a run whose lease this process holds
   */
  public static void write(RunDirectory held, int epochs) {
    try (Checkpoints checkpoints = checkpoints(held)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        PlayState state = state(epoch);
        files(held, checkpoints).write(state);
        checkpoints.roundEnded(List.of(round(epoch)));
        checkpoints.epochEnded(result(epoch), TrainingState.initial(state.learner()));
      }
    }
  }

  /** Returns the state from which a run continues. */
  public static Optional<PlayState> resume(RunDirectory held) {
    try (Checkpoints checkpoints = checkpoints(held)) {
      return files(held, checkpoints).resume();
    }
  }

  /** Returns what is wrong with a state; empty if play can have written it. */
  public static Optional<String> problem(PlayState state) {
    boolean isFinite =
        isFinite(state.target())
            && state.workers().stream().allMatch(TestPlays::isFinite)
            && state.episodes().stream()
                .flatMapToDouble(row -> DoubleStream.of(row.rewards(), row.epsilon()))
                .allMatch(Double::isFinite)
            && state.evaluations().stream()
                .flatMapToDouble(row -> DoubleStream.of(row.mean(), row.least(), row.most()))
                .allMatch(Double::isFinite);
    if (!isFinite) {
      return Optional.of("a number is not finite");
    }
    if (!state.workers().stream().allMatch(TestPlays::hasPossibleCounts)) {
      return Optional.of("a count of a worker is impossible");
    }
    return state.workers().stream().allMatch(TestPlays::hasPossibleRows)
        ? Optional.empty()
        : Optional.of("a transition has no action of the environment");
  }

  private static boolean isFinite(PlayWorkerState worker) {
    return Double.isFinite(worker.episode().rewards())
        && DoubleStream.of(worker.episode().state()).allMatch(Double::isFinite)
        && isFinite(worker.memory().rows());
  }

  private static boolean isFinite(float[] numbers) {
    return IntStream.range(0, numbers.length).allMatch(i -> Float.isFinite(numbers[i]));
  }

  private static boolean hasPossibleCounts(PlayWorkerState worker) {
    return worker.steps() >= 0
        && worker.memory().added() >= 0
        && worker.episode().number() >= 1
        && worker.episode().steps() >= 0;
  }

  private static boolean hasPossibleRows(PlayWorkerState worker) {
    float[] rows = worker.memory().rows();
    int width = worker.memory().rowWidth();
    int observation = SETTINGS.environment().observationSize();
    return IntStream.range(0, rows.length / width)
        .mapToObj(row -> rows[row * width + observation])
        .allMatch(action -> action == 0 || action == 1);
  }

  private static Checkpoints checkpoints(RunDirectory held) {
    return new Checkpoints(held, KEEP, SETTINGS.selection());
  }

  private static PlayCheckpoints files(RunDirectory held, Checkpoints checkpoints) {
    return new PlayCheckpoints(held, SETTINGS, KEEP, checkpoints);
  }

  private static PlayState state(int epoch) {
    LearnerState learner = new LearnerState(new float[] {epoch, 2}, new float[] {3}, epoch, epoch);
    PlayState start = PlayState.initial(learner, SETTINGS, 1);
    return new PlayState(
        learner,
        new float[] {-epoch, 0.5f},
        start.workers().stream().map(worker -> played(worker, epoch)).toList(),
        Stream.of(1, 2).map(i -> new EpisodeRow(0, i, 20L * i, 20, 20, 0.5, false)).toList(),
        List.of(new EvaluationRow(EpisodeSet.VALIDATION, epoch, 100, 10, 20, 9, 31)));
  }

  private static PlayWorkerState played(PlayWorkerState worker, int epoch) {
    float[] row = {0.1f, 0.2f, 0.3f, 0.4f, epoch % 2, 1, 0, 0.5f, 0.6f, 0.7f, 0.8f};
    return new PlayWorkerState(
        worker.worker(), 100L * epoch, worker.episode(), worker.memory().with(row).with(row));
  }

  /** Returns a result whose mean return grows, so that the newest epoch is the best. */
  static EpochResult result(int epoch) {
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
}
