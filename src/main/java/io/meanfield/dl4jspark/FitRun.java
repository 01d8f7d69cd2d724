package io.meanfield.dl4jspark;

import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.Kernels;
import io.meanfield.network.LearnerState;
import io.meanfield.train.OptimizerStatePolicy;
import io.meanfield.train.Round;
import io.meanfield.train.RoundPlan;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.averaging.AveragingRound;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network in one pass over its shards, by parameter averaging: one Spark job for each
 * round, with stateless tasks (Stich 2019, local SGD). Driver only.
 */
final class FitRun {
  private static final Logger LOG = LoggerFactory.getLogger(FitRun.class);

  private final TrainSettings settings;
  private final Kernels kernels;
  private final MultiLayerNetwork network;
  private final List<TrainingListener> listeners;
  private final Dl4jStateAdapter networkState;
  private final String configuration;
  private final long seed;
  private final float[] freshOptimizer;
  private final List<IndexRange> logDeviations;
  private long examples;
  private double lossSum;
  private long averagedExamples;

  FitRun(
      TrainSettings settings,
      Kernels kernels,
      MultiLayerNetwork network,
      List<TrainingListener> listeners) {
    this.settings = settings;
    this.kernels = kernels;
    this.network = network;
    this.listeners = listeners;
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
   * Trains the network on all examples of {@code data}; does not change its epoch counter.
   *
   * @return the mean loss of the examples, each measured in its training step
   * @throws UserException if there are no examples, or every worker of a round has diverged; the
   *     network then has the weights of the last average
   */
  double run(ShardedData data) {
    requireExamples(data.examples());
    listeners.forEach(listener -> listener.onEpochStart(network));
    LearnerState state = networkState.state();
    int steps = data.steps(settings.batchSize());
    for (Round round : new RoundPlan(settings.averaging(), steps).epoch(state.epoch() + 1)) {
      state = round(round, state, data.shards());
    }
    requireExampleCount(data.examples());
    listeners.forEach(listener -> listener.onEpochEnd(network));
    return lossSum / averagedExamples;
  }

  private LearnerState round(Round round, LearnerState start, JavaRDD<WorkerShard> shards) {
    AveragingRound.AveragedResult<ShardFit> averaged =
        AveragingRound.run(
            shards,
            settings.averaging().optimizerState().apply(start),
            logDeviations,
            new WorkerRoundTask(
                round, settings.batchSize(), new ReplicaKey(configuration, kernels), seed));
    averaged.reports().forEach(worker -> add(round, worker));
    LearnerState mean = averaged.mean().orElseThrow(() -> diverged(round, averaged.reports()));
    LearnerState state = resetsOptimizer() ? withFreshOptimizer(mean) : mean;
    networkState.restore(state);
    network.setScore(lossSum / averagedExamples);
    listeners.forEach(
        listener -> listener.iterationDone(network, state.iteration(), state.epoch()));
    return state;
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
    return settings.averaging().optimizerState() == OptimizerStatePolicy.RESET;
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
      throw new UserException(
          ErrorCode.EXAMPLE_COUNT,
          "the fit consumed " + examples + " examples, expected " + expected);
    }
  }

  private static UserException diverged(Round round, List<ShardFit> reports) {
    String workers =
        reports.stream()
            .filter(worker -> !worker.finite())
            .map(worker -> "worker " + worker.worker())
            .collect(Collectors.joining(", "));
    return new UserException(
        ErrorCode.DIVERGED,
        "training diverged: in round "
            + round.number()
            + " no worker's loss and weights are finite ("
            + workers
            + "); lower the learning rate of the configuration or check the data");
  }
}
