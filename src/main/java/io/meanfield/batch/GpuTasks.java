package io.meanfield.batch;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Schedules the tasks that compute a network so that each has a whole GPU (Spark's stage-level
 * scheduling). The tasks that read data need none: they use all cores of an executor. Driver only.
 */
public final class GpuTasks {
  private static final String GPU = "gpu";
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";
  private static final String TASK_GPUS = "spark.task.resource.gpu.amount";

  private GpuTasks() {}

  /** The same in all jobs: a stage has one profile, even if it reads several data sets. */
  private static final class Profile {
    static final ResourceProfile ONE_GPU =
        new ResourceProfileBuilder().require(new TaskResourceRequests().resource(GPU, 1)).build();
  }

  /**
   * Requests a GPU for each task that computes the data, and for each task that computes something
   * from them without a shuffle, if that is necessary and possible. Returns the data.
   */
  public static <T> JavaRDD<T> withGpus(JavaRDD<T> data) {
    return isScheduled(data.context().getConf()) ? data.withResources(Profile.ONE_GPU) : data;
  }

  /** Returns whether the executors have GPUs. */
  public static boolean haveGpus(SparkConf conf) {
    return conf.getInt(EXECUTOR_GPUS, 0) > 0;
  }

  /**
   * Returns whether stages request GPUs: executors have some, and Spark does not assign them to all
   * tasks anyway. With dynamic allocation Spark would start other executors for these stages, and
   * local[N] assigns no GPUs.
   */
  static boolean isScheduled(SparkConf conf) {
    return haveGpus(conf)
        && !conf.contains(TASK_GPUS)
        && !conf.getBoolean("spark.dynamicAllocation.enabled", false)
        && !SparkMaster.of(conf).isLocal();
  }
}
