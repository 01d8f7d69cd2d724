package io.meanfield.dl4jspark;

import io.meanfield.kernels.Kernels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * Collects the settings of a training master.
 *
 * @param <B> the builder, which every setter returns
 */
abstract class SettingsBuilder<B extends SettingsBuilder<B>> extends IgnoredBuilderCalls<B> {
  private final List<TrainingHook> hooks = new ArrayList<>();
  private Optional<Integer> workers = Optional.empty();
  private int batchSizePerWorker = 64;
  private int averagingFrequency = 50;
  private OptimizerStatePolicy optimizerState = OptimizerStatePolicy.AVERAGE;
  private Kernels kernels = Kernels.NATIVE;
  private Optional<Long> rngSeed = Optional.empty();
  private boolean failOnDivergence;
  private boolean collectTrainingStats;

  /**
   * Sets the number of logical workers, which determines the trained model. By default it is the
   * default parallelism of the Spark context: the number of cores of the cluster.
   */
  public B workers(int number) {
    workers = Optional.of(MasterSettings.atLeastOne("workers", number));
    return self();
  }

  /** Sets the number of examples in a minibatch of one worker, 64 by default. */
  public B batchSizePerWorker(int examples) {
    batchSizePerWorker = MasterSettings.atLeastOne("batchSizePerWorker", examples);
    return self();
  }

  /** Sets the number of minibatches of a worker between two averages, 50 by default. */
  public B averagingFrequency(int minibatches) {
    averagingFrequency = MasterSettings.atLeastOne("averagingFrequency", minibatches);
    return self();
  }

  /** Sets the effect of an average on the optimizers' state, AVERAGE by default. */
  public B optimizerState(OptimizerStatePolicy policy) {
    optimizerState = policy;
    return self();
  }

  /** Sets the effect of an average on the optimizers' state: true is AVERAGE, false RESET. */
  public B saveUpdater(boolean save) {
    return optimizerState(save ? OptimizerStatePolicy.AVERAGE : OptimizerStatePolicy.RESET);
  }

  /**
   * Sets the kernels with which OpenBLAS must compute on every executor, NATIVE by default. A
   * process whose program has used ND4J before has loaded OpenBLAS already; if with other kernels,
   * {@code fit} throws a UserException that names the environment variables to set.
   */
  public B kernels(Kernels level) {
    kernels = level;
    return self();
  }

  /**
   * Lets each worker train on its examples in another order in every epoch, which is a function of
   * the seed. By default the order is that of the RDD.
   */
  public B rngSeed(long seed) {
    rngSeed = Optional.of(seed);
    return self();
  }

  /**
   * Sets whether {@code fit} throws a UserException if every worker has diverged. By default it
   * logs an error and sets the score to NaN, as DL4J's training master does and as DL4J's early
   * stopping expects.
   */
  public B failOnDivergence(boolean fail) {
    failOnDivergence = fail;
    return self();
  }

  /** Sets hooks, which are called on the executors before and after each step of a worker. */
  public B trainingHooks(Collection<TrainingHook> replacement) {
    hooks.clear();
    hooks.addAll(replacement);
    return self();
  }

  /** Sets hooks, which are called on the executors before and after each step of a worker. */
  public B trainingHooks(TrainingHook... replacement) {
    return trainingHooks(List.of(replacement));
  }

  /** Sets whether the durations of rounds are collected, false by default. */
  public B collectTrainingStats(boolean collect) {
    collectTrainingStats = collect;
    return self();
  }

  /** Returns what was set, and the defaults of the rest. */
  MasterSettings settings() {
    return new MasterSettings(
        workers,
        batchSizePerWorker,
        averagingFrequency,
        optimizerState,
        kernels,
        rngSeed,
        failOnDivergence,
        collectTrainingStats);
  }

  List<TrainingHook> hooks() {
    return hooks;
  }
}
