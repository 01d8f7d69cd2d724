package io.meanfield;

import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The one local SparkSession that all integration tests share. */
public final class LocalSpark {
  private LocalSpark() {}

  /** Returns the session; a new one if a test has stopped it. */
  public static SparkSession session() {
    return SparkSession.builder().config(conf("local[2]")).getOrCreate();
  }

  public static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  /** Returns the ids of the RDDs that Spark keeps in its cache. */
  public static Set<Integer> cachedRdds() {
    return Set.copyOf(context().getPersistentRDDs().keySet());
  }

  /** Replaces the session by one on another master; the caller must stop it. */
  public static SparkSession on(String master, Map<String, String> more) {
    Option<SparkSession> current = SparkSession.getDefaultSession();
    if (current.isDefined()) {
      current.get().stop();
    }
    SparkConf conf = conf(master);
    more.forEach(conf::set);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static SparkConf conf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("tests")
        .set("spark.ui.enabled", "false")
        .set("spark.locality.wait", "100ms")
        .set("spark.sql.shuffle.partitions", "4") // by default 200 tasks for each shuffle
        .set("spark.sql.session.timeZone", "UTC");
  }
}
