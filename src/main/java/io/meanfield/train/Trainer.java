package io.meanfield.train;

import io.meanfield.error.UserException;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.Monitor;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
   * untrained network. Stops early if a listener wants no other epoch. Returns the state after the
   * newest epoch that has one, which is the last if training does not stop early.
   *
   * @throws UserException if every worker of a round has diverged, or if an epoch consumed a wrong
   *     number of examples
   */
  public TrainingState train(EngineNetwork network, TrainingState start, TrainingData data) {
    TrainingState state = start;
    try (Training training = new Training(network, data)) {
      for (int epoch = start.learner().epoch() + 1; training.hasEpoch(epoch); epoch++) {
        state = training.run(epoch, state).orElse(state);
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
      this.runner =
          data.placement().isInMemory()
              ? new RoundsInMemory(task, data, plan, reporter)
              : new JobPerRound(task, data.training(), reporter);
    }

    // The learning rate of the plan, not of the state, so that every attempt numbers rounds
    // equally.
    boolean hasEpoch(int epoch) {
      return epoch <= settings.epochs()
          && listeners.stream().allMatch(TrainingListener::wantsAnotherEpoch);
    }

    Optional<TrainingState> run(int epoch, TrainingState previous) {
      EpochTotals totals = new EpochTotals();
      List<Round> planned = plan.epoch(epoch);
      listeners.forEach(listener -> listener.epochBegan(epoch, planned.size()));
      RoundRunner.EpochEnd end = runner.run(planned, previous, totals);
      totals.requireExamples(epoch, data.epoch().examples());
      validate(epoch, end, totals);
      EpochResult result = totals.result(epoch, network.settings().learningRate(end.iteration()));
      listeners.forEach(listener -> listener.epochEnded(result, end.state()));
      return end.state();
    }

    private void validate(int epoch, RoundRunner.EpochEnd end, EpochTotals totals) {
      if (data.split().scored() == 0) {
        return;
      }
      if (!totals.hasValidation()) {
        LearnerState state = end.state().orElseThrow().learner();
        long began = System.nanoTime();
        Validation validation =
            SparkJobs.named(
                data.validation().context(),
                "epoch " + epoch + ", validation",
                () ->
                    Validation.of(
                        monitor(),
                        settings.calibration().temperatures(),
                        network,
                        state,
                        data.validation()));
        totals.add(validation, System.nanoTime() - began);
      }
      TimeBreakdown time = TimeBreakdown.validating(Duration.ofNanos(totals.validationNanos()));
      listeners.forEach(listener -> listener.timeSpent(time));
    }

    private Monitor monitor() {
      return settings.earlyStopping().monitor();
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
