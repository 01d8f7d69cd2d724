package io.meanfield.train;

import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Split;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;

/**
 * Trains a model by parameter averaging: one Spark job a round, whose tasks are stateless (Stich
 * 2019, local SGD; Lin et al. 2018, hierarchical local SGD, where a task holds more than one
 * worker). The result is a function of the shards, the settings, the seed and the model that it
 * starts from. Driver only.
 */
public final class Trainer {
  private final TrainSettings settings;
  private final long seed;
  private final IntToDoubleFunction learningRate;
  private final ClassWeights classWeights;
  private final List<TrainingListener> listeners;

  /**
   * A trainer.
   *
   * @param seed of the order of examples
   * @param learningRate of the step that follows so many minibatches; for the record and for
   *     messages, the learners have their own
   */
  public Trainer(
      TrainSettings settings,
      long seed,
      IntToDoubleFunction learningRate,
      List<TrainingListener> listeners) {
    this(settings, seed, learningRate, ClassWeights.UNIFORM, listeners);
  }

  /** Likewise, of examples that count for more or less by their class. */
  public Trainer(
      TrainSettings settings,
      long seed,
      IntToDoubleFunction learningRate,
      ClassWeights classWeights,
      List<TrainingListener> listeners) {
    this.settings = settings;
    this.seed = seed;
    this.learningRate = learningRate;
    this.classWeights = classWeights;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Trains the epochs that are left: those behind {@code start.learner().epoch()}, all for an
   * untrained network, as long as every listener wants another one.
   *
   * @param training a partition a group, as {@code split} dealt it
   * @param validation likewise; may be empty
   * @throws UserException if every worker of a round has diverged, or an epoch consumed other
   *     examples than it should
   */
  public TrainingState train(
      EngineNetwork architecture,
      TrainingState start,
      Split split,
      JavaRDD<ShardGroup> training,
      JavaRDD<ShardGroup> validation) {
    Pretraining pretraining = Pretraining.of(settings, architecture.network());
    int epochs = pretraining.epochs() + settings.epochs();
    TrainingState state = start;
    GroupTask task = new GroupTask(settings, seed, classWeights, architecture);
    try (RoundExecutor rounds = new RoundExecutor(task, training, learningRate, listeners)) {
      for (int epoch = start.learner().epoch() + 1; shouldContinue(epoch, epochs); epoch++) {
        state =
            epoch(
                epoch,
                pretraining,
                architecture,
                pretraining.start(epoch, state),
                split,
                rounds,
                validation);
      }
    }
    return state;
  }

  private boolean shouldContinue(int epoch, int epochs) {
    return epoch <= epochs && listeners.stream().allMatch(TrainingListener::wantsAnotherEpoch);
  }

  private TrainingState epoch(
      int epoch,
      Pretraining pretraining,
      EngineNetwork architecture,
      TrainingState start,
      Split split,
      RoundExecutor rounds,
      JavaRDD<ShardGroup> validation) {
    long began = System.nanoTime();
    EpochTotals totals = new EpochTotals();
    TrainingState state = start;
    List<Round> plan = new RoundPlan(settings, stepsPerEpoch(split)).epoch(epoch);
    listeners.forEach(listener -> listener.epochBegan(epoch, plan.size()));
    for (Round round : plan) {
      state = rounds.run(round, state, totals);
    }
    totals.requireExamples(epoch, split.training());
    Optional<Integer> layer = pretraining.layer(epoch);
    Optional<Score> score =
        layer.isPresent()
            ? Optional.empty() // the network has not learnt anything yet
            : validate(architecture, state.learner(), split, validation);
    EpochResult result =
        new EpochResult(
            epoch,
            totals.loss(),
            totals.accuracy(),
            score.map(Score::loss),
            score.flatMap(Score::accuracy),
            totals.examples(),
            seconds(began),
            learningRate.applyAsDouble(state.learner().iteration()),
            layer);
    TrainingState ended = state.atEpoch(epoch);
    listeners.forEach(listener -> listener.epochEnded(result, ended));
    return ended;
  }

  private int stepsPerEpoch(Split split) {
    return (split.shardSize(true, 0) + settings.batchSize() - 1) / settings.batchSize();
  }

  private Optional<Score> validate(
      EngineNetwork architecture, LearnerState state, Split split, JavaRDD<ShardGroup> validation) {
    if (split.validation() == 0) {
      return Optional.empty();
    }
    long began = System.nanoTime();
    Score score = Score.of(architecture, state, validation);
    TimeBreakdown time = TimeBreakdown.validating(Duration.ofNanos(System.nanoTime() - began));
    listeners.forEach(listener -> listener.timeSpent(time));
    return Optional.of(score);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
