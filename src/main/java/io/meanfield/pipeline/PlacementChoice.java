package io.meanfield.pipeline;

import io.meanfield.batch.GpuTasks;
import io.meanfield.network.DeviceChoice;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.WorkersPerTask;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Chooses where the workers of a training run, if {@code train.workers-per-task} is {@code auto}:
 * in one task if an executor can compute as many of them at a time as the cluster can and has
 * memory for all, else each in a task of its own. Driver only.
 */
final class PlacementChoice {
  private static final Placement EACH_ITS_TASK = new Placement.TaskForEachGroup();

  private PlacementChoice() {}

  static Placement of(JavaSparkContext spark, TrainingExamples examples) {
    TrainSettings train = examples.settings().train();
    Placement chosen = of(train, ExecutorCores.of(spark));
    return chosen instanceof Placement.OneTask one
            && keepsGpus(spark.getConf(), examples.settings().engine().device())
            && examples.leavesRoom(spark, one.threads())
        ? chosen
        : EACH_ITS_TASK;
  }

  /** Returns the placement that the cores allow. */
  static Placement of(TrainSettings train, ExecutorCores executors) {
    if (!(train.workersPerTask() instanceof WorkersPerTask.Auto)) {
      return EACH_ITS_TASK;
    }
    int threads = Math.min(train.workers(), executors.cores());
    boolean isEnough = executors.executors() == 1 || executors.cores() >= train.workers();
    return isEnough && threads > 0 && threads <= executors.taskCores()
        ? new Placement.OneTask(threads)
        : EACH_ITS_TASK;
  }

  // A task has one GPU: in one task, the workers would leave all others idle.
  private static boolean keepsGpus(SparkConf conf, DeviceChoice device) {
    return device == DeviceChoice.CPU || !GpuTasks.haveGpus(conf);
  }
}
