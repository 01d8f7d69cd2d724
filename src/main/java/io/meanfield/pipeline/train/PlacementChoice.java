package io.meanfield.pipeline.train;

import io.meanfield.batch.GpuTasks;
import io.meanfield.batch.MemoryLimit;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.run.DriverMemory;
import io.meanfield.pipeline.run.ExecutorCores;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Chooses where the workers of a training run, if {@code train.workers-per-task} is {@code auto}:
 * in one task if an executor can compute as many of them at a time as the cluster can and has
 * memory for all, else each in a task of its own. Driver only.
 */
final class PlacementChoice {
  private PlacementChoice() {}

  static Placement of(JavaSparkContext spark, TrainingExamples examples) {
    TrainSettings train = examples.settings().train();
    return oneTask(train, ExecutorCores.of(spark))
        // A task has one GPU: in one task, the workers would leave all others idle.
        .filter(one -> !GpuTasks.haveGpus(spark.getConf()))
        .filter(one -> leavesRoom(spark, examples, one.threads()))
        .orElse(Placement.TASK_FOR_EACH_GROUP);
  }

  /** Returns the placement in one task; empty if the settings or the cores do not allow it. */
  static Optional<Placement> oneTask(TrainSettings train, ExecutorCores executors) {
    if (train.workersPerTask() > 0) {
      return Optional.empty();
    }
    int threads = Math.min(train.workers() * train.members(), executors.cores());
    boolean isEnough = executors.executors() == 1 || executors.cores() >= train.workers();
    return isEnough && threads > 0 && threads <= executors.taskCores()
        ? Optional.of(new Placement(threads))
        : Optional.empty();
  }

  /**
   * Returns whether one executor has memory to spare for a task with all workers, and the driver
   * for its result.
   *
   * @param threads number of workers that compute in parallel
   */
  private static boolean leavesRoom(
      JavaSparkContext spark, TrainingExamples examples, int threads) {
    NetworkSettings network = examples.settings().network();
    TrainSettings train = examples.settings().train();
    DriverMemory driver = DriverMemory.of(network, train, spark.isLocal() ? train.workers() : 0);
    TrainingMemory.Shards shards =
        new TrainingMemory.Shards(
            examples.split().training() / train.workers(),
            examples.settings().data().chunkSize().rows(examples.data()),
            train.workers());
    return driver.heap() + driver.momentum() <= Runtime.getRuntime().maxMemory()
        && driver.takesResultOfOneTask(spark.getConf())
        && TrainingMemory.of(network, train, shards)
            .leavesRoom(
                MemoryLimit.ofExecutors(spark.getConf(), spark.isLocal()),
                examples.data().hasImages() ? 1 : Float.BYTES,
                driver.momentum(),
                threads);
  }
}
