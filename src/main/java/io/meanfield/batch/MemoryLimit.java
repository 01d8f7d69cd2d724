package io.meanfield.batch;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;

/**
 * The memory that an executor may use, in bytes.
 *
 * @param heap the largest heap
 * @param outside the memory outside the heap, Spark's memoryOverhead; empty for no limit
 */
public record MemoryLimit(long heap, OptionalLong outside) {
  /** Spark's setting of the memory outside the heap of an executor. */
  public static final String OVERHEAD = "spark.executor.memoryOverhead";

  /**
   * Returns the limit of the executors of an application.
   *
   * @param isLocal whether the driver, this process, is the executor
   */
  public static MemoryLimit ofExecutors(SparkConf conf, boolean isLocal) {
    return of(
        conf,
        isLocal
            ? Runtime.getRuntime().maxMemory()
            : conf.getSizeAsBytes("spark.executor.memory", "1g"));
  }

  /** Returns the limit of this process, an executor. */
  public static MemoryLimit here(SparkConf conf) {
    return of(conf, Runtime.getRuntime().maxMemory());
  }

  private static MemoryLimit of(SparkConf conf, long heap) {
    return new MemoryLimit(
        heap,
        conf.contains(OVERHEAD)
            ? OptionalLong.of(conf.getSizeAsMb(OVERHEAD) << 20)
            : OptionalLong.empty());
  }

  /**
   * Throws if an executor uses more memory than the limit.
   *
   * @param used the memory that it uses, in bytes
   * @param host the name of its machine
   */
  void require(long used, String host) {
    if (outside.isPresent() && used > heap + outside.getAsLong()) {
      throw UserException.of(
          ErrorCode.OUT_OF_MEMORY,
          "an executor on %s uses %s, more than its heap (%s) and run.native-memory (%s) together;"
              + " raise run.native-memory, or %s if that is set, or lower train.batch-size or"
              + " spark.executor.cores",
          host,
          mebibytes(used),
          mebibytes(heap),
          mebibytes(outside.getAsLong()),
          OVERHEAD);
    }
  }

  /** Returns a size for messages, rounded up to MiB. */
  public static String mebibytes(long bytes) {
    return -Math.floorDiv(-bytes, 1L << 20) + " MiB";
  }
}
