package io.meanfield.train;

import io.meanfield.error.UserException;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trains a model by parameter averaging with stateless Spark tasks (Stich 2019, local SGD; Lin et
 * al. 2018, hierarchical local SGD, if a group has more than one worker). The result is a function
 * of the shards, the settings, the seed and the initial model, and not of the placement of the
 * workers. Driver only.
 */
public final class Trainer {
  private final TrainSettings settings;
  private final long seed;
  private final List<TrainingListener> listeners;

  /**
   * Creates a trainer.
   *
   * @param seed seed of the order of examples
   */
  public Trainer(TrainSettings settings, long seed, List<TrainingListener> listeners) {
    this.settings = settings;
    this.seed = seed;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Trains the remaining epochs: those after {@code start.learner().epoch()}, which is 0 for an
   * untrained network. Stops early if a listener wants no other epoch.
   *
   * @throws UserException if every worker of a round has diverged, or if an epoch consumed a wrong
   *     number of examples
   */
  public TrainingState train(EngineNetwork network, TrainingState start, TrainingData data) {
    TrainingState state = start;
    try (Training training = new Training(network, data)) {
      for (int epoch = start.learner().epoch() + 1; training.hasEpoch(epoch); epoch++) {
        state = training.run(epoch, state);
      }
    }
    return state;
  }

  /** One training of a network on its data, epoch by epoch. */
  private final class Training implements AutoCloseable {
    private final EngineNetwork network;
    private final TrainingData data;
    private final RoundPlan plan;
    private final RoundRunner runner;

    Training(EngineNetwork network, TrainingData data) {
      this.network = network;
      this.data = data;
      this.plan =
          new RoundPlan(
              settings.averaging().syncFrequency(), data.minibatches(settings.batchSize()));
      GroupTask task = new GroupTask(settings, seed, data.classWeights(), network);
      RoundReporter reporter = new RoundReporter(listeners);
      int threads = data.placement().threads();
      this.runner =
          data.placement().isOneTask()
              ? new RoundsInOneTask(task, data.training(), threads, reporter)
              : new JobPerRound(task, data.training(), reporter);
    }

    // The learning rate of the plan, not of the state, so that every attempt numbers rounds
    // equally.
    boolean hasEpoch(int epoch) {
      return epoch <= settings.epochs()
          && listeners.stream().allMatch(TrainingListener::wantsAnotherEpoch);
    }

    TrainingState run(int epoch, TrainingState previous) {
      long began = System.nanoTime();
      EpochTotals totals = new EpochTotals();
      List<Round> planned = plan.epoch(epoch);
      listeners.forEach(listener -> listener.epochBegan(epoch, planned.size()));
      TrainingState state = runner.run(planned, previous, totals);
      totals.requireExamples(epoch, data.split().training());
      EpochResult.Scores scores = scores(epoch, totals, state);
      EpochResult result =
          new EpochResult(
              epoch,
              scores,
              totals.examples(),
              seconds(began),
              network.settings().learningRate(state.learner().iteration()));
      TrainingState ended = state.atEpoch(epoch);
      listeners.forEach(listener -> listener.epochEnded(result, ended));
      return ended;
    }

    private EpochResult.Scores scores(int epoch, EpochTotals totals, TrainingState state) {
      double loss = totals.averaged().loss();
      Optional<Double> accuracy = totals.averaged().accuracy();
      if (data.split().validation() == 0) {
        return new EpochResult.Scores(loss, accuracy, Optional.empty(), Optional.empty());
      }
      return validating(epoch, () -> validation(state.learner()).scores(loss, accuracy));
    }

    private <T> T validating(int epoch, Supplier<T> scoring) {
      long began = System.nanoTime();
      T scores =
          SparkJobs.named(data.validation().context(), "epoch " + epoch + ", validation", scoring);
      TimeBreakdown time = TimeBreakdown.validating(Duration.ofNanos(System.nanoTime() - began));
      listeners.forEach(listener -> listener.timeSpent(time));
      return scores;
    }

    private Validation validation(LearnerState state) {
      return Validation.of(settings.earlyStopping().monitor(), network, state, data.validation());
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
