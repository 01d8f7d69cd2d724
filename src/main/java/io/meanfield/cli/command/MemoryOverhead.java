package io.meanfield.cli.command;

import io.meanfield.batch.MemoryLimit;
import io.meanfield.batch.SparkMaster;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;

/**
 * The memory outside the heap of driver and executors, which Spark calls their memory overhead and
 * adds to the heap when it requests a container.
 *
 * @param conf the settings of Spark
 * @param nativeMemory the value of run.native-memory in bytes; empty for auto
 */
public record MemoryOverhead(SparkConf conf, OptionalLong nativeMemory) {
  public static final String DRIVER = "spark.driver.memoryOverhead";

  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxBytes";
  // Spark's own least overhead, 384 MiB, is less than LibTorch needs.
  private static final long LEAST_MEBIBYTES = 1024;

  /**
   * Sets the overhead of the executors, and limits the buffers that JavaCPP allocates in them. A
   * local master has no executor but the driver, so that JavaCPP is limited there.
   *
   * @throws UserException if Spark's settings have another overhead than run.native-memory
   */
  void configureExecutors() {
    requireAgreement();
    ofExecutors().ifPresent(this::setExecutors);
  }

  /** Throws if Spark's settings have another overhead of executors than run.native-memory. */
  public void requireAgreement() {
    if (conf.contains(MemoryLimit.OVERHEAD) && nativeMemory.isPresent() && given() != explicit()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s is %sm, but run.native-memory is %sm; leave out one of them, or set both to the same",
          MemoryLimit.OVERHEAD,
          given(),
          explicit());
    }
  }

  private void setExecutors(long mebibytes) {
    conf.set(MemoryLimit.OVERHEAD, mebibytes + "m");
    String options = conf.get(JAVA_OPTIONS, "");
    if (SparkMaster.of(conf).isLocal()) {
      System.getProperties().putIfAbsent(MAX_BYTES, mebibytes + "m");
    } else if (!options.contains("-D" + MAX_BYTES + "=")) {
      conf.set(JAVA_OPTIONS, (options + " -D" + MAX_BYTES + "=" + mebibytes + "m").strip());
    }
  }

  /**
   * Returns the overhead of an executor in MiB; empty if it is not set and the cluster manager
   * limits no memory.
   */
  OptionalLong ofExecutors() {
    if (conf.contains(MemoryLimit.OVERHEAD)) {
      return OptionalLong.of(given());
    }
    if (nativeMemory.isPresent()) {
      return OptionalLong.of(explicit());
    }
    return hasContainers() ? OptionalLong.of(automatic("executor")) : OptionalLong.empty();
  }

  /** Returns the overhead of a driver in a container, as Spark's settings have it. */
  public String ofDriver() {
    long chosen = nativeMemory.isPresent() ? explicit() : automatic("driver");
    return conf.get(DRIVER, chosen + "m");
  }

  private long given() {
    return conf.getSizeAsMb(MemoryLimit.OVERHEAD, "0");
  }

  private long explicit() {
    return -Math.floorDiv(-nativeMemory.orElseThrow(), 1L << 20); // rounded up
  }

  // As Spark computes it (its page "Configuration", memoryOverheadFactor), with a larger minimum.
  private long automatic(String process) {
    long heap = conf.getSizeAsMb("spark." + process + ".memory", "1g");
    double kubernetes = conf.getDouble("spark.kubernetes.memoryOverheadFactor", 0.1);
    double factor = conf.getDouble("spark." + process + ".memoryOverheadFactor", kubernetes);
    long least = conf.getSizeAsMb("spark." + process + ".minMemoryOverhead", "0");
    return Math.max((long) (factor * heap), Math.max(least, LEAST_MEBIBYTES));
  }

  private boolean hasContainers() {
    return switch (SparkMaster.of(conf).kind()) {
      case YARN, KUBERNETES -> true;
      case LOCAL, LOCAL_CLUSTER, STANDALONE, OTHER -> false;
    };
  }
}
