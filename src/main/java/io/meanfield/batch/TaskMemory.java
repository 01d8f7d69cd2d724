package io.meanfield.batch;

import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.ResidentMemory;
import java.util.Optional;
import org.apache.spark.SparkEnv;

/**
 * Checks the memory of the executor that runs a task. JavaCPP could check it, too, but would do so
 * at every allocation of a step.
 */
public final class TaskMemory {
  private TaskMemory() {}

  /**
   * Throws if this executor uses more memory than heap and run.native-memory together. Callers ask
   * once a round, because the answer takes microseconds.
   */
  public static void requireWithinLimit() {
    Optional.ofNullable(SparkEnv.get()) // there is none outside of Spark
        .map(spark -> MemoryLimit.here(spark.conf()))
        .filter(limit -> limit.outside().isPresent())
        .ifPresent(limit -> limit.require(ResidentMemory.here(), NativeLibraries.hostName()));
  }
}
