package io.meanfield.reinforce;

import static io.meanfield.batch.MemoryLimit.mebibytes;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The memory that full replay memories need: a lower bound, so that a run is refused only if it
 * cannot end.
 *
 * @param workers number of workers
 * @param each bytes of the replay memory of a worker
 */
public record PlayMemory(int workers, long each) {
  private static final String MESSAGE_SIZE = "spark.rpc.message.maxSize";
  private static final int DEFAULT_MESSAGE_MIB = 128;
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - (1L << 20);
  // What Spark sets aside for itself.
  private static final long SPARK = 300L << 20;
  // While a round ends: the memories that it began with, and those after it.
  private static final int COPIES = 2;

  /**
   * Throws if the replay memories cannot fit into messages of Spark, or into this process, the
   * driver.
   *
   * @throws UserException with every problem
   */
  public static void require(ReinforceSettings settings, JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    long message =
        spark.isLocal()
            ? Long.MAX_VALUE // tasks are not sent
            : (long) conf.getInt(MESSAGE_SIZE, DEFAULT_MESSAGE_MIB) << 20;
    List<String> problems = of(settings).problems(Runtime.getRuntime().maxMemory(), message);
    if (!problems.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", problems));
    }
  }

  static PlayMemory of(ReinforceSettings settings) {
    long transitions = Math.min(settings.learning().bufferSize(), settings.steps());
    int row = ReplayMemory.rowWidth(settings.environment().observationSize());
    return new PlayMemory(settings.workers(), transitions * row * Float.BYTES);
  }

  /**
   * Returns the reasons why the memories do not fit; empty if they may.
   *
   * @param heap the largest heap of the driver
   * @param message bytes of the largest message that Spark sends
   */
  List<String> problems(long heap, long message) {
    List<String> problems = new ArrayList<>();
    if (each >= message) {
      problems.add(
          "the replay memory of a worker has "
              + mebibytes(each)
              + ", but a task may have only "
              + mebibytes(message)
              + "; lower reinforce.buffer-size, or raise "
              + MESSAGE_SIZE);
    }
    long all = Math.multiplyExact(workers, each);
    if (all > LARGEST_ARRAY) {
      problems.add(
          "the replay memories of all "
              + workers
              + " workers have "
              + mebibytes(all)
              + ", expected at most "
              + mebibytes(LARGEST_ARRAY)
              + ", the size of a file of an epoch; lower reinforce.buffer-size");
    }
    if (SPARK + COPIES * all > heap) {
      problems.add(
          "the replay memories of all "
              + workers
              + " workers have "
              + mebibytes(all)
              + " and need a heap of the driver of at least "
              + mebibytes(SPARK + COPIES * all)
              + ", but it has "
              + mebibytes(heap)
              + "; lower reinforce.buffer-size, or raise --driver-memory (spark.driver.memory)");
    }
    return problems;
  }
}
