package io.meanfield.batch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The master of a Spark application, as its setting {@code spark.master} names it. Driver only.
 *
 * @param kind what starts the executors
 * @param executors number of executors that the setting names; 0 if it names none
 * @param cores cores of each executor that the setting names; 0 if it names none
 */
public record SparkMaster(Kind kind, int executors, int cores) {
  /** The setting of Spark. */
  public static final String KEY = "spark.master";

  // Numbers of more digits are left to Spark, which refuses them.
  private static final String NUMBER = "(\\d{1,9})";
  private static final Pattern LOCAL_THREADS =
      Pattern.compile("local\\[(?:\\*|" + NUMBER + ")(?:\\s*,.*)?\\]");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*" + NUMBER + "\\s*,\\s*" + NUMBER + "\\s*,.*");

  /** What starts the executors. */
  public enum Kind {
    /** Nothing: the driver is the only executor. */
    LOCAL,
    /** The driver, as processes of its own machine; for tests. */
    LOCAL_CLUSTER,
    /** A cluster of Spark. */
    STANDALONE,
    YARN,
    KUBERNETES,
    /** A master that this program does not know, or none. */
    OTHER
  }

  /** Returns the master of an application; {@link Kind#OTHER} if it is not set. */
  public static SparkMaster of(SparkConf conf) {
    return parse(conf.get(KEY, ""));
  }

  /** Returns the master with this URL. Spark itself refuses a wrong one. */
  public static SparkMaster parse(String url) {
    if (url.equals("local") || url.startsWith("local[")) {
      return new SparkMaster(Kind.LOCAL, 1, threads(url));
    }
    Matcher localCluster = LOCAL_CLUSTER.matcher(url);
    if (localCluster.matches()) {
      return new SparkMaster(
          Kind.LOCAL_CLUSTER,
          Integer.parseInt(localCluster.group(1)),
          Integer.parseInt(localCluster.group(2)));
    }
    return new SparkMaster(cluster(url), 0, 0);
  }

  private static int threads(String url) {
    Matcher threads = LOCAL_THREADS.matcher(url);
    if (!threads.matches()) {
      return 1;
    }
    return threads.group(1) == null
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads.group(1));
  }

  private static Kind cluster(String url) {
    if (url.startsWith("spark://")) {
      return Kind.STANDALONE;
    }
    if (url.startsWith("yarn")) {
      return Kind.YARN;
    }
    return url.startsWith("k8s://") ? Kind.KUBERNETES : Kind.OTHER;
  }

  /** Returns whether the driver is the only executor. */
  public boolean isLocal() {
    return kind == Kind.LOCAL;
  }
}
