package io.meanfield.reinforce;

import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.ParameterLayout;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.EpisodeSet;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.train.averaging.AveragingRound;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Trains a deep Q-network (Mnih et al. 2015) by parameter averaging: each worker plays episodes of
 * its own and learns from its own replay memory; the weights of all workers are averaged after each
 * round. An epoch is the time between two evaluations. The result is a function of the settings and
 * the seed, not of the placement of the workers. Driver only.
 */
public final class DeepQLearning {
  private static final int TEST_EPISODES = 100;

  private final JavaSparkContext spark;
  private final ReinforceSettings settings;
  private final RandomKeys keys;
  private final EngineNetwork network;
  private final ParameterLayout layout;

  /**
   * Creates a training.
   *
   * @param seed of all random numbers
   */
  public DeepQLearning(
      JavaSparkContext spark, ReinforceSettings settings, long seed, EngineNetwork network) {
    this.spark = spark;
    this.settings = settings;
    this.keys = new RandomKeys(seed);
    this.network = network;
    this.layout = ParameterLayout.of(network.settings());
  }

  /**
   * Trains the remaining epochs, unless an evaluation has reached the wanted return.
   *
   * @param keep receives the state at the end of each epoch, before the listeners
   * @throws io.meanfield.error.UserException if every worker of a round has diverged
   */
  public PlayState train(
      PlayState start, Consumer<PlayState> keep, List<TrainingListener> listeners) {
    PlayState state = start;
    while (hasEpochAfter(state)) {
      state = epoch(state.learner().epoch() + 1, state, keep, listeners);
    }
    return state;
  }

  private boolean hasEpochAfter(PlayState state) {
    List<EvaluationRow> evaluations = state.evaluations();
    boolean isReached =
        !evaluations.isEmpty()
            && settings.evaluation().isReached(evaluations.get(evaluations.size() - 1).mean());
    return state.learner().epoch() < settings.epochs() && !isReached;
  }

  private PlayState epoch(
      int epoch, PlayState previous, Consumer<PlayState> keep, List<TrainingListener> listeners) {
    long began = System.nanoTime();
    int rounds = settings.roundsPerEpoch();
    listeners.forEach(listener -> listener.epochBegan(epoch, rounds));
    RoundTotals totals = new RoundTotals();
    PlayState state = previous;
    for (int i = 1; i <= rounds; i++) {
      state = round(new RoundNumber(epoch, i, rounds), state, totals, listeners);
    }
    EvaluationRow row = evaluate(EpisodeSet.VALIDATION, epoch, state, listeners);
    PlayState ended = state.evaluated(row);
    keep.accept(ended);
    EpochResult result =
        new EpochResult(
            epoch,
            new EpochResult.Scores(
                totals.loss(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(row.mean())),
            totals.examples(),
            (System.nanoTime() - began) / 1e9,
            network.settings().learningRate(ended.learner().iteration()));
    Optional<TrainingState> saved = Optional.of(TrainingState.initial(ended.learner()));
    listeners.forEach(listener -> listener.epochEnded(result, saved));
    return ended;
  }

  private PlayState round(
      RoundNumber number, PlayState start, RoundTotals totals, List<TrainingListener> listeners) {
    long began = System.nanoTime();
    PlayedRound played = play(number, start);
    LearnerState averaged = played.average().orElse(start.learner());
    long steps = start.steps() + settings.syncInterval();
    float[] target =
        steps % settings.learning().targetUpdate() == 0 ? averaged.weights() : start.target();
    List<PlayWorkerReport> reports = played.result().reports();
    totals.add(reports);
    played.report(System.nanoTime() - began, listeners);
    return start.after(averaged, target, reports);
  }

  private PlayedRound play(RoundNumber number, PlayState start) {
    WorkerRound task = new WorkerRound(settings, keys, network, start.target());
    return new PlayedRound(
        number,
        start,
        SparkJobs.named(
            spark.sc(),
            number.display(),
            () ->
                AveragingRound.run(
                    spark.parallelize(start.workers(), start.workers().size()),
                    start.learner(),
                    layout.runningLogDeviations(),
                    task)));
  }

  private EvaluationRow evaluate(
      EpisodeSet set, int epoch, PlayState state, List<TrainingListener> listeners) {
    long began = System.nanoTime();
    EvaluationRow row =
        evaluate(set, epoch, state.steps(), settings.evaluation().episodes(), state.learner());
    TimeBreakdown time = TimeBreakdown.validating(Duration.ofNanos(System.nanoTime() - began));
    listeners.forEach(listener -> listener.timeSpent(time));
    return row;
  }

  /** Plays the test episodes with the weights of an epoch. */
  public EvaluationRow test(LearnerState state) {
    return evaluate(
        EpisodeSet.TEST,
        state.epoch(),
        (long) state.epoch() * settings.evaluation().frequency(),
        TEST_EPISODES,
        state);
  }

  private EvaluationRow evaluate(
      EpisodeSet set, int epoch, long steps, int episodes, LearnerState state) {
    return SparkJobs.named(
        spark.sc(),
        "epoch " + epoch + ", evaluation",
        () -> EvaluationRow.of(set, epoch, steps, returns(set, episodes, state)));
  }

  /**
   * Returns the returns of {@code episodes} episodes of a set, in their order. The number of tasks
   * is that of the logical workers, because the bits of an output may depend on how many episodes
   * are played side by side.
   */
  private double[] returns(EpisodeSet set, int episodes, LearnerState state) {
    Environment environment = settings.environment();
    RandomKeys random = keys;
    EngineNetwork played = network;
    int count = Math.min(settings.workers(), episodes);
    List<GreedyEpisodes> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) episodes * i / count);
      int end = (int) ((long) episodes * (i + 1) / count);
      parts.add(new GreedyEpisodes(set, first, end - first));
    }
    Broadcast<LearnerState> weights = spark.broadcast(state.withoutOptimizerState());
    try {
      return spark
          .parallelize(parts, count)
          .map(part -> part.returns(environment, random, played, weights.value()))
          .collect()
          .stream()
          .flatMapToDouble(Arrays::stream)
          .toArray();
    } finally {
      weights.destroy();
    }
  }
}
