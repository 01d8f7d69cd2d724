package io.meanfield.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts the SparkSession of a command. */
final class Sessions {
  private Sessions() {}

  /**
   * With what spark-submit was given, and what Meanfield needs besides.
   *
   * @param name of the application
   */
  static SparkSession open(String name) {
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", "local[*]")
            .setAppName("meanfield " + name)
            // Spark's default of three seconds stalls every round when two shards sit on one
            // executor.
            .setIfMissing("spark.locality.wait", "100ms")
            // Times in tables are UTC, wherever the driver is.
            .setIfMissing("spark.sql.session.timeZone", "UTC");
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
