package io.meanfield.ml;

import org.apache.spark.SparkContext;

/** Asks Spark Connect, which old versions of Spark do not have. */
final class SparkConnect {
  private static final String CLIENTS_OPERATION = "SparkConnect_OperationTag";

  private SparkConnect() {}

  /** Returns whether this thread, or the one that has started it, works for a client. */
  static boolean isClient(SparkContext spark) {
    String tags = spark.getLocalProperty("spark.job.tags");
    return tags != null && tags.contains(CLIENTS_OPERATION);
  }

  /**
   * Returns whether this thread is to save models to the local disk or load them from there. Spark
   * 4.1 and newer do so when a server of Spark Connect moves a model out of its memory.
   */
  static boolean savesLocally() {
    try {
      Object state =
          Class.forName("org.apache.spark.ml.util.ReadWriteUtils")
              .getMethod("localSavingModeState")
              .invoke(null);
      return Boolean.TRUE.equals(((ThreadLocal<?>) state).get());
    } catch (ReflectiveOperationException e) {
      return false; // Spark before 4.1
    }
  }
}
