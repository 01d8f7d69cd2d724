package io.meanfield.batch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Schedules tasks that compute with several threads so that each has a core for every thread
 * (Spark's stage-level scheduling). Driver only.
 */
public final class TaskCores {
  // The same in all jobs: Spark keeps each profile until the application ends.
  private static final Map<Integer, ResourceProfile> PROFILES = new ConcurrentHashMap<>();

  private TaskCores() {}

  /** Requests cores for each task that computes the data, if that is possible. Returns the data. */
  public static <T> JavaRDD<T> with(JavaRDD<T> data, int cores) {
    SparkConf conf = data.context().getConf();
    return cores > conf.getInt("spark.task.cpus", 1)
            && canBeRequested(conf, data.context().version())
        ? data.withResources(PROFILES.computeIfAbsent(cores, TaskCores::profile))
        : data;
  }

  private static ResourceProfile profile(int cores) {
    return new ResourceProfileBuilder().require(new TaskResourceRequests().cpus(cores)).build();
  }

  /**
   * Returns whether stages can request cores. A local master knows no profiles. With dynamic
   * allocation Spark would start other executors for these stages. Spark 3.5.0 refuses them on YARN
   * and Kubernetes (SPARK-45250, SPARK-45495).
   *
   * @param version the version of Spark
   */
  public static boolean canBeRequested(SparkConf conf, String version) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return false;
    }
    return switch (SparkMaster.of(conf).kind()) {
      case LOCAL -> false;
      case YARN, KUBERNETES -> !version.equals("3.5.0");
      case LOCAL_CLUSTER, STANDALONE, OTHER -> true;
    };
  }
}
