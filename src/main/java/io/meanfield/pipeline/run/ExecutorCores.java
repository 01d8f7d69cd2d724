package io.meanfield.pipeline.run;

import io.meanfield.batch.SparkMaster;
import io.meanfield.batch.TaskCores;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The executors of an application and their cores, as far as the driver knows them. Driver only.
 *
 * @param executors number of executors that run or are requested, at least; 0 if none runs yet
 * @param cores cores that every executor has for certain; 0 if that is not known
 * @param taskCores cores that a task can have
 */
public record ExecutorCores(int executors, int cores, int taskCores) {
  private static final String CORES = "spark.executor.cores";
  private static final String INSTANCES = "spark.executor.instances";
  private static final int SEVERAL = 2;

  public static ExecutorCores of(JavaSparkContext spark) {
    if (spark.isLocal()) {
      return ofLocalMaster(spark.getConf());
    }
    int running = spark.sc().statusTracker().getExecutorInfos().length - 1; // without the driver
    return ofCluster(spark.getConf(), running, spark.version());
  }

  // Only one stage of a training runs at a time, so its one task can use all cores.
  public static ExecutorCores ofLocalMaster(SparkConf conf) {
    int cores = SparkMaster.of(conf).cores();
    return new ExecutorCores(1, cores, cores);
  }

  /**
   * Returns the executors of a cluster.
   *
   * @param running number of executors that run now
   * @param version the version of Spark
   */
  public static ExecutorCores ofCluster(SparkConf conf, int running, String version) {
    SparkMaster master = SparkMaster.of(conf);
    int cores = cores(conf, master);
    int executors = Math.max(running, requested(conf, master, cores));
    int taskCores =
        TaskCores.canBeRequested(conf, version) ? cores : conf.getInt("spark.task.cpus", 1);
    return new ExecutorCores(executors, cores, taskCores);
  }

  private static int requested(SparkConf conf, SparkMaster master, int cores) {
    return switch (master.kind()) {
      case LOCAL_CLUSTER -> master.executors();
      case STANDALONE -> isDynamic(conf) ? SEVERAL : requestedOfStandalone(conf, cores);
      // Spark's default on YARN and Kubernetes
      case YARN, KUBERNETES, LOCAL, OTHER ->
          isDynamic(conf) ? SEVERAL : conf.getInt(INSTANCES, SEVERAL);
    };
  }

  // Then there are as many executors as tasks.
  private static boolean isDynamic(SparkConf conf) {
    return conf.getBoolean("spark.dynamicAllocation.enabled", false);
  }

  // Without a limit an application gets executors on all machines, and more may come later.
  private static int requestedOfStandalone(SparkConf conf, int cores) {
    String most = "spark.cores.max";
    return conf.contains(most) && cores > 0 ? conf.getInt(most, 0) / cores : SEVERAL;
  }

  // An executor of a standalone cluster has all cores of its machine unless Spark's setting says
  // otherwise; with YARN and Kubernetes it has one.
  private static int cores(SparkConf conf, SparkMaster master) {
    return switch (master.kind()) {
      case LOCAL_CLUSTER -> master.cores();
      case STANDALONE -> conf.getInt(CORES, 0);
      case YARN, KUBERNETES, LOCAL, OTHER -> conf.getInt(CORES, 1);
    };
  }
}
