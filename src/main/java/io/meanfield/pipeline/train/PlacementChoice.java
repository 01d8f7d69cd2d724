package io.meanfield.pipeline.train;

import io.meanfield.batch.GpuTasks;
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
        .filter(one -> examples.leavesRoom(spark, one.threads()))
        .orElse(Placement.TASK_FOR_EACH_GROUP);
  }

  /** Returns the placement in one task; empty if the settings or the cores do not allow it. */
  static Optional<Placement> oneTask(TrainSettings train, ExecutorCores executors) {
    if (train.workersPerTask() > 0) {
      return Optional.empty();
    }
    int threads = Math.min(train.workers(), executors.cores());
    boolean isEnough = executors.executors() == 1 || executors.cores() >= train.workers();
    return isEnough && threads > 0 && threads <= executors.taskCores()
        ? Optional.of(new Placement(threads))
        : Optional.empty();
  }
}
