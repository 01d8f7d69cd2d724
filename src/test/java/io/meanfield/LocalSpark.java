package io.meanfield;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The one local SparkSession that all integration tests share. */
public final class LocalSpark {
  private static final SparkSession SESSION =
      SparkSession.builder()
          .config(
              new SparkConf()
                  .setMaster("local[2]")
                  .setAppName("tests")
                  .set("spark.ui.enabled", "false")
                  .set("spark.locality.wait", "100ms")
                  .set("spark.sql.session.timeZone", "UTC"))
          .getOrCreate();

  private LocalSpark() {}

  public static SparkSession session() {
    return SESSION;
  }

  public static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(SESSION.sparkContext());
  }
}
