package io.meanfield.doctor;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/**
 * A process of a Spark application.
 *
 * @param executor Spark's id of the executor, {@code driver} for the driver
 * @param port of its block manager, which distinguishes the processes of a host
 */
record ProcessId(String executor, String host, int port) implements Serializable {
  static ProcessId here() {
    BlockManagerId id = SparkEnv.get().blockManager().blockManagerId();
    return new ProcessId(id.executorId(), id.host(), id.port());
  }

  boolean isAt(String otherHost, int otherPort) {
    return host.equals(otherHost) && port == otherPort;
  }

  /** Returns the name of an executor; in local mode the driver is the executor. */
  String executorName() {
    return executor.equals("driver") ? "local executor" : "executor " + executor + " on " + host;
  }
}
