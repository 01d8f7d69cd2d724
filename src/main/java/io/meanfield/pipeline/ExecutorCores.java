package io.meanfield.pipeline;

import io.meanfield.batch.TaskCores;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The executors of an application and their cores, as far as the driver knows them. Driver only.
 *
 * @param executors number of executors that run or are requested, at least; 0 if none runs yet
 * @param cores cores that every executor has for certain; 0 if that is not known
 * @param taskCores cores that a task can have
 */
record ExecutorCores(int executors, int cores, int taskCores) {
  private static final String CORES = "spark.executor.cores";
  private static final String INSTANCES = "spark.executor.instances";
  private static final int SEVERAL = 2;
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,.*");

  static ExecutorCores of(JavaSparkContext spark) {
    if (spark.isLocal()) {
      return ofLocalMaster(spark.getConf());
    }
    int running = spark.sc().statusTracker().getExecutorInfos().length - 1; // without the driver
    return ofCluster(spark.getConf(), running, spark.version());
  }

  // Only one stage of a training runs at a time, so its one task can use all cores.
  static ExecutorCores ofLocalMaster(SparkConf conf) {
    int cores = DriverMemory.cores(conf);
    return new ExecutorCores(1, cores, cores);
  }

  /**
   * Returns the executors of a cluster.
   *
   * @param running number of executors that run now
   * @param version the version of Spark
   */
  static ExecutorCores ofCluster(SparkConf conf, int running, String version) {
    int cores = cores(conf);
    int executors = Math.max(running, requested(conf, cores));
    int taskCores =
        TaskCores.canBeRequested(conf, version) ? cores : conf.getInt("spark.task.cpus", 1);
    return new ExecutorCores(executors, cores, taskCores);
  }

  private static int requested(SparkConf conf, int cores) {
    Matcher localCluster = LOCAL_CLUSTER.matcher(conf.get("spark.master"));
    if (localCluster.matches()) {
      return Integer.parseInt(localCluster.group(1));
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return SEVERAL; // as many as there are tasks
    }
    return conf.get("spark.master").startsWith("spark://")
        ? requestedOfStandalone(conf, cores)
        : conf.getInt(INSTANCES, SEVERAL); // Spark's default on YARN and Kubernetes
  }

  // Without a limit an application gets executors on all machines, and more may come later.
  private static int requestedOfStandalone(SparkConf conf, int cores) {
    String most = "spark.cores.max";
    return conf.contains(most) && cores > 0 ? conf.getInt(most, 0) / cores : SEVERAL;
  }

  // An executor of a standalone cluster has all cores of its machine unless Spark's setting says
  // otherwise; with YARN and Kubernetes it has one.
  private static int cores(SparkConf conf) {
    String master = conf.get("spark.master");
    Matcher localCluster = LOCAL_CLUSTER.matcher(master);
    if (localCluster.matches()) {
      return Integer.parseInt(localCluster.group(2));
    }
    return conf.getInt(CORES, master.startsWith("spark://") ? 0 : 1);
  }
}
