package io.meanfield.pipeline;

import static io.meanfield.batch.MemoryLimit.mebibytes;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The heap that the driver needs for the weights and the optimizer state of a training, in bytes;
 * without the examples, which Spark keeps on the disk if the heap is full.
 *
 * @param weights the weights that training starts from, which the driver keeps until the end
 * @param state the weights and the optimizer state after a round
 * @param tasks the number of tasks that run in the driver at the same time; 0 unless the master is
 *     local
 */
record DriverMemory(long weights, long state, int tasks) {
  /** Spark's limit of the results of the tasks of a job. */
  static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

  // What Spark sets aside for itself.
  private static final long SPARK = 300L << 20;
  // While a round ends: the state that it began with, the copy of it that executors fetch, the
  // parts of the average, and the average that is put together from them. While an epoch ends: the
  // state before and after, and the bytes of the checkpoint, while Spark still has a broadcast.
  private static final int COPIES = 4;
  // While the tasks of a local master run: the state that the round began with, the copy of it that
  // Spark has serialised and that of the shuffle. Each task has a state of its own besides.
  private static final int COPIES_BESIDE_TASKS = 3;
  // A checkpoint is one array of bytes, and so is what Spark sends.
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - (1L << 20);

  /** Returns the need of a training in the driver of an application. */
  static DriverMemory of(NetworkSettings network, TrainSettings train, JavaSparkContext spark) {
    int groups = -Math.floorDiv(-train.workers(), train.workersPerTask());
    return of(network, spark.isLocal() ? Math.min(groups, spark.defaultParallelism()) : 0);
  }

  static DriverMemory of(NetworkSettings network, int tasks) {
    ParameterLayout layout = ParameterLayout.of(network);
    long optimizer = new OptimizerLayout(layout, network.optimizer().statePerWeight()).size();
    return new DriverMemory(
        (long) Float.BYTES * layout.size(), Float.BYTES * (layout.size() + optimizer), tasks);
  }

  /** The heap that the driver needs at least. */
  long heap() {
    return SPARK + weights + state * Math.max(COPIES, COPIES_BESIDE_TASKS + tasks);
  }

  /**
   * Checks whether the training fits into the driver.
   *
   * @param available the largest heap of the driver
   * @throws UserException with all reasons if it does not
   */
  void requireWithin(long available, SparkConf conf) {
    List<String> problems = new ArrayList<>();
    if (state > LARGEST_ARRAY) {
      problems.add(
          "weights and optimizer state have "
              + mebibytes(state)
              + ", expected at most "
              + mebibytes(LARGEST_ARRAY)
              + ", the size of a checkpoint; make the network smaller, or set"
              + " network.optimizer.name = sgd, which has no state");
    }
    if (heap() > available) {
      problems.add(heapProblem(available));
    }
    long results = conf.getSizeAsBytes(MAX_RESULT_SIZE, "1g");
    if (results > 0 && state > results) {
      problems.add(
          "the average of a round has "
              + mebibytes(state)
              + ", but "
              + MAX_RESULT_SIZE
              + " is "
              + mebibytes(results)
              + "; set it to "
              + option(state + state / 8)
              + " or more");
    }
    if (!problems.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", problems));
    }
  }

  private String heapProblem(long available) {
    return "the driver is short of memory: "
        + mebibytes(weights)
        + " of weights with their optimizer state ("
        + mebibytes(state)
        + " together) need a heap of at least "
        + mebibytes(heap())
        + (tasks > 0 ? " with " + tasks + " tasks in the driver, because the master is local" : "")
        + ", but the heap has "
        + mebibytes(available)
        + "; set --driver-memory (spark.driver.memory) to "
        + option(heap() + heap() / 16)
        + (tasks > 1 ? ", or use fewer cores or a cluster" : "");
  }

  // Rounded up to 256 MiB. Some collectors report a heap that is smaller than its setting.
  private static String option(long bytes) {
    return (-Math.floorDiv(-bytes, 256L << 20) * 256) + "m";
  }
}
