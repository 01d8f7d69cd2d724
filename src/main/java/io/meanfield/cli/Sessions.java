package io.meanfield.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Starts the SparkSession of a command. */
final class Sessions {
  private Sessions() {}

  /**
   * Opens a session with the settings of spark-submit and the defaults that Meanfield needs.
   *
   * @param name of the command, which becomes part of the application's name
   */
  static SparkSession open(String name) {
    Platform.requireSupported();
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", "local[*]")
            .setAppName(applicationName(name))
            // Spark's default of three seconds delays every round if two shards are on one
            // executor.
            .setIfMissing("spark.locality.wait", "100ms")
            // Times in tables are UTC in every time zone of the driver.
            .setIfMissing("spark.sql.session.timeZone", "UTC");
    return SparkSession.builder().config(conf).getOrCreate();
  }

  static String applicationName(String name) {
    return "meanfield " + name;
  }

  /** Returns Hadoop's configuration with the spark.hadoop settings of spark-submit. */
  static Configuration hadoop() {
    Platform.requireSupported();
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
