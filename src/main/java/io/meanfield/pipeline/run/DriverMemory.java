package io.meanfield.pipeline.run;

import static io.meanfield.batch.MemoryLimit.mebibytes;

import io.meanfield.batch.SparkMaster;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The heap that the driver needs at least for the weights and the optimizer state of a training, in
 * bytes: a lower bound, so that a training is refused only if it cannot fit. The examples do not
 * count, which Spark keeps on the disk if the heap is full.
 *
 * @param weights the weights that training starts from, which the driver keeps until the end
 * @param state the weights and the optimizer state after a round
 * @param momentum the momentum of {@code train.outer-optimizer} that the state carries besides
 * @param results the number of workers whose states are in the driver at the same time; 0 unless
 *     the master is local
 */
public record DriverMemory(long weights, long state, long momentum, int results) {
  /** Spark's limit of the results of the tasks of a job. */
  static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

  // What Spark sets aside for itself.
  private static final long SPARK = 300L << 20;
  // While a round ends: the state that it began with, the copy of it that executors fetch, the
  // parts of the average, and the average that is put together from them. While an epoch ends: the
  // state before and after, and the bytes of the checkpoint, while Spark still has a broadcast.
  private static final int COPIES = 4;
  // While a round ends: the momentum before and after. While an epoch ends: the momentum of the
  // state, and that in the checkpoint.
  private static final int COPIES_OF_MOMENTUM = 2;
  // While the tasks of a local master run: the state that the round began with, the copy of it that
  // Spark has serialised and that of the shuffle, besides the results of the tasks.
  private static final int COPIES_BESIDE_RESULTS = 3;
  // A checkpoint is one array of bytes, and so is what Spark sends.
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - (1L << 20);

  /**
   * Throws if a training cannot fit into this process, the driver.
   *
   * @throws UserException with all problems if there are any
   */
  public static void require(JobSettings settings, JavaSparkContext spark) {
    int results = spark.isLocal() ? results(settings.train(), tasks(spark.getConf())) : 0;
    List<String> problems =
        of(settings.network(), settings.train(), results)
            .problems(Runtime.getRuntime().maxMemory(), spark.getConf());
    if (!problems.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", problems));
    }
  }

  /**
   * Returns the number of workers whose states are certainly in the driver at the same time: all of
   * one task, and one of another task. While a task computes, its state is outside of the heap, so
   * that further tasks may need the heap at other times.
   *
   * @param tasks the number of tasks that run at the same time
   */
  static int results(TrainSettings train, int tasks) {
    int group = train.groupSize();
    return group + (tasks > 1 && train.workers() > group ? 1 : 0);
  }

  /** Returns the number of tasks that a local master runs at the same time. */
  static int tasks(SparkConf conf) {
    return Math.max(1, SparkMaster.of(conf).cores() / conf.getInt("spark.task.cpus", 1));
  }

  public static DriverMemory of(NetworkSettings network, TrainSettings train, int results) {
    ParameterLayout layout = ParameterLayout.of(network);
    long optimizer = new OptimizerLayout(layout, network.optimizer().statePerWeight()).size();
    long weights = (long) Float.BYTES * layout.size();
    return new DriverMemory(
        weights,
        weights + Float.BYTES * optimizer,
        weights * train.averaging().outerOptimizer().vectors(),
        results);
  }

  /** The heap that the driver needs at least. */
  public long heap() {
    return SPARK
        + weights
        + state * Math.max(COPIES, COPIES_BESIDE_RESULTS + results)
        + momentum * COPIES_OF_MOMENTUM;
  }

  /**
   * Returns the reasons why the training cannot fit into the driver; empty if it may.
   *
   * @param available the largest heap of the driver
   */
  public List<String> problems(long available, SparkConf conf) {
    List<String> problems = new ArrayList<>();
    if (checkpoint() > LARGEST_ARRAY) {
      problems.add(
          String.format(
              Locale.ROOT,
              "weights and optimizer state%s have %s, expected at most %s, the size of a"
                  + " checkpoint; make the network smaller, or set network.optimizer.name = sgd,"
                  + " which has no state%s",
              momentum > 0 ? ", with the momentum of train.outer-optimizer," : "",
              mebibytes(checkpoint()),
              mebibytes(LARGEST_ARRAY),
              momentum > 0 ? ", or set train.outer-optimizer.name = none" : ""));
    }
    if (heap() > available) {
      problems.add(heapProblem(available));
    }
    long results = largestResult(conf);
    if (state > results) {
      problems.add(
          "the average of a round has %s, but %s is %s; set it to %s or more"
              .formatted(
                  mebibytes(state),
                  MAX_RESULT_SIZE,
                  mebibytes(results),
                  option(state + state / 8)));
    }
    return problems;
  }

  /** The size of a checkpoint, and of the result of a task that has all workers. */
  private long checkpoint() {
    return state + momentum;
  }

  /**
   * Returns whether the driver takes the result of a task that has all workers: besides the state
   * of the learner, the momentum of the outer optimizer.
   */
  public boolean takesResultOfOneTask(SparkConf conf) {
    return checkpoint() <= largestResult(conf);
  }

  private static long largestResult(SparkConf conf) {
    long bytes = conf.getSizeAsBytes(MAX_RESULT_SIZE, "1g");
    return bytes > 0 ? bytes : Long.MAX_VALUE;
  }

  private String heapProblem(long available) {
    return String.format(
        Locale.ROOT,
        "the driver is short of memory: %s of weights with their optimizer state (%s together%s)"
            + " need a heap of at least %s%s, but the heap has %s; set --driver-memory"
            + " (spark.driver.memory) to %s%s",
        mebibytes(weights),
        mebibytes(state),
        momentum > 0 ? ", and " + mebibytes(momentum) + " of train.outer-optimizer" : "",
        mebibytes(heap()),
        results > 0
            ? " with the results of at least %s %s in the driver, because the master is local"
                .formatted(results, results > 1 ? "workers" : "worker")
            : "",
        mebibytes(available),
        option(heap() + heap() / 16),
        results > 1 ? ", or use a cluster" : "");
  }

  // Rounded up to 256 MiB. Some collectors report a heap that is smaller than its setting.
  private static String option(long bytes) {
    return (-Math.floorDiv(-bytes, 256L << 20) * 256) + "m";
  }
}
