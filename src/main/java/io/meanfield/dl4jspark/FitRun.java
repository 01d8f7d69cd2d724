package io.meanfield.dl4jspark;

import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.train.Round;
import io.meanfield.train.averaging.AveragingRound;
import io.meanfield.train.averaging.RoundFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network in one pass over its shards, by parameter averaging: one Spark job for each
 * round, with stateless tasks (Stich 2019, local SGD). Driver only.
 */
final class FitRun {
  private static final Logger LOG = LoggerFactory.getLogger(FitRun.class);

  private final MasterSettings settings;
  private final MultiLayerNetwork network;
  private final List<TrainingListener> listeners;
  private final List<TrainingHook> hooks;
  private final RoundStatistics statistics;
  private final Dl4jStateAdapter networkState;
  private final String configuration;
  private final long seed;
  private final float[] freshOptimizer;
  private final List<IndexRange> logDeviations;
  private long examples;
  private double lossSum;
  private long averagedExamples;

  FitRun(
      MasterSettings settings,
      MultiLayerNetwork network,
      List<TrainingListener> listeners,
      List<TrainingHook> hooks,
      RoundStatistics statistics) {
    this.settings = settings;
    this.network = network;
    this.listeners = listeners;
    this.hooks = hooks;
    this.statistics = statistics;
    this.networkState = new Dl4jStateAdapter(network);
    MultiLayerConfiguration untrained = network.getLayerWiseConfigurations().clone();
    untrained.setIterationCount(0);
    untrained.setEpochCount(0);
    this.configuration = untrained.toJson();
    this.seed = untrained.getConf(0).getSeed();
    this.logDeviations = logDeviations(network);
    this.freshOptimizer = resetsOptimizer() ? freshOptimizer(untrained) : new float[0];
  }

  private static List<IndexRange> logDeviations(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .flatMap(
            layer ->
                Stream.ofNullable(
                    layer.paramTable().get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD)))
        .map(view -> new IndexRange((int) view.offset(), (int) (view.offset() + view.length())))
        .toList();
  }

  /**
   * Trains the network on all examples of {@code data}; does not change its epoch counter. If every
   * worker of a round has diverged, the network keeps the weights of the last average.
   *
   * @return the mean loss of the examples, each measured in its training step; NaN if training has
   *     diverged
   * @throws UserException if there are no examples, or if training has diverged and the settings
   *     demand an exception
   */
  double run(ShardedData data) {
    requireExamples(data.examples());
    listeners.forEach(listener -> listener.onEpochStart(network));
    network.setScore(train(data));
    listeners.forEach(listener -> listener.onEpochEnd(network));
    network.setInput(null);
    network.setLabels(null);
    return network.score();
  }

  private double train(ShardedData data) {
    LearnerState state = networkState.state();
    int steps = data.steps(settings.batchSizePerWorker());
    for (Round round : settings.plan(steps).epoch(state.epoch() + 1)) {
      RoundFunction.AveragedResult<ShardFit> averaged = average(round, state, data.shards());
      averaged.reports().forEach(worker -> add(round, worker));
      if (averaged.mean().isEmpty()) {
        reportDivergence(round, averaged.reports());
        return Double.NaN;
      }
      state = resetsOptimizer() ? withFreshOptimizer(averaged.mean().get()) : averaged.mean().get();
      update(state, averaged.reports());
    }
    requireExampleCount(data.examples());
    return lossSum / averagedExamples;
  }

  private RoundFunction.AveragedResult<ShardFit> average(
      Round round, LearnerState start, JavaRDD<WorkerShard> shards) {
    WorkerRoundTask task =
        new WorkerRoundTask(
            round,
            settings.batchSizePerWorker(),
            new ReplicaKey(configuration, settings.kernels()),
            seed,
            settings.order(),
            hooks);
    return statistics.timed(
        RoundStatistics.ROUND,
        () ->
            AveragingRound.run(
                shards, settings.optimizerState().apply(start), logDeviations, task));
  }

  /** Puts the average into the driver's network and calls the listeners. */
  private void update(LearnerState state, List<ShardFit> reports) {
    networkState.restore(state);
    network.setScore(lossSum / averagedExamples);
    // DL4J's PerformanceListener and StatsListener ask for the number of inputs and labels.
    network.setInput(Nd4j.zeros(DataType.FLOAT, examples(reports), 1));
    network.setLabels(network.getInput());
    listeners.forEach(
        listener -> listener.iterationDone(network, state.iteration(), state.epoch()));
  }

  private static long examples(List<ShardFit> reports) {
    return reports.stream().mapToLong(ShardFit::examples).sum();
  }

  private void add(Round round, ShardFit worker) {
    examples += worker.examples();
    if (worker.finite()) {
      averagedExamples += worker.examples();
      lossSum += worker.lossSum();
    } else {
      LOG.warn(
          "worker {} is left out of the average of round {}: its loss or weights are not finite",
          worker.worker(),
          round.number());
    }
  }

  private boolean resetsOptimizer() {
    return settings.optimizerState() == OptimizerStatePolicy.RESET;
  }

  private LearnerState withFreshOptimizer(LearnerState state) {
    return new LearnerState(state.weights(), freshOptimizer, state.iteration(), state.epoch());
  }

  private static float[] freshOptimizer(MultiLayerConfiguration untrained) {
    MultiLayerNetwork fresh = new MultiLayerNetwork(untrained.clone());
    fresh.init();
    return new Dl4jStateAdapter(fresh).state().optimizerState();
  }

  private static void requireExamples(long examples) {
    if (examples == 0) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, "the training data have no examples, expected at least one");
    }
  }

  // Fewer examples would mean lost data.
  private void requireExampleCount(long expected) {
    if (examples != expected) {
      throw UserException.of(
          ErrorCode.EXAMPLE_COUNT, "the fit consumed %s examples, expected %s", examples, expected);
    }
  }

  private void reportDivergence(Round round, List<ShardFit> reports) {
    String message = divergence(round, reports);
    if (settings.failOnDivergence()) {
      throw new UserException(ErrorCode.DIVERGED, message);
    }
    LOG.error(
        "{}; the network keeps the weights of the last average, and its score is NaN", message);
  }

  private static String divergence(Round round, List<ShardFit> reports) {
    String workers =
        reports.stream()
            .filter(worker -> !worker.finite())
            .map(worker -> "worker " + worker.worker())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "training diverged: in round %s no worker's loss and weights are finite (%s); lower the"
            + " learning rate of the configuration or check the data",
        round.number(),
        workers);
  }
}
