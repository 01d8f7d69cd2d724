package io.meanfield.sparkui;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * Names the Spark jobs of this thread, so that Spark's UI shows "epoch 3, round 5 of 24" instead of
 * a line of code. Names are properties of the thread: a thread that is started within a name has it
 * too, one that was started before has none. Each name ends with its work, and the name before it,
 * which may be that of the calling program, applies again. Driver only.
 */
public final class SparkJobs {
  /** The name of jobs that read the data of a run. */
  public static final String READING = "reading data";

  /** The name of jobs that write predictions; they also compute what is not cached. */
  public static final String WRITING_PREDICTIONS = "writing predictions";

  /** The name of jobs that inspect a model for the page of its run. */
  public static final String INSPECTING = "inspecting the model";

  // What setJobGroup and setJobDescription set.
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private SparkJobs() {}

  /**
   * Does work whose jobs belong to a group, as which Spark's UI shows a run. A program that calls
   * Meanfield has groups of its own, which it may cancel: only commands use this method.
   *
   * @param id of the run
   * @param command the name of jobs that have no other
   */
  public static <T> T inGroup(SparkContext spark, String id, String command, Supplier<T> work) {
    Optional<String> before = property(spark, GROUP);
    // Without an interrupt of tasks that are cancelled: it can break the client of HDFS.
    spark.setLocalProperty(GROUP, id);
    try {
      return named(spark, command, work);
    } finally {
      spark.setLocalProperty(GROUP, before.orElse(null));
    }
  }

  /** Does work whose jobs have this name. */
  public static <T> T named(SparkContext spark, String name, Supplier<T> work) {
    Optional<String> before = property(spark, DESCRIPTION);
    spark.setLocalProperty(DESCRIPTION, name);
    try {
      return work.get();
    } finally {
      spark.setLocalProperty(DESCRIPTION, before.orElse(null));
    }
  }

  /** Does work whose jobs have this name and return nothing. */
  public static void run(SparkContext spark, String name, Runnable work) {
    named(
        spark,
        name,
        () -> {
          work.run();
          return name;
        });
  }

  /** Does work whose jobs have the name of the work around it and this part after a comma. */
  public static <T> T part(SparkContext spark, String part, Supplier<T> work) {
    return named(
        spark, property(spark, DESCRIPTION).map(name -> name + ", " + part).orElse(part), work);
  }

  /**
   * Computes on an executor from the elements of a partition.
   *
   * @param <T> an element
   * @param <R> a result, which Spark serialises
   */
  @FunctionalInterface
  public interface PartitionFunction<T, R> extends Serializable {
    R of(Iterator<T> elements);
  }

  /**
   * Returns the results of all partitions, in their order. {@code rdd.mapPartitions(...).collect()}
   * would, too, but then Spark reads the byte code of the closures and of the lineage, which makes
   * a small job take half as long again.
   */
  @SuppressWarnings("unchecked") // the tasks return this type
  public static <T, R> List<R> collect(JavaRDD<T> rdd, PartitionFunction<T, R> task) {
    var work =
        (Function2<TaskContext, Iterator<T>, Object> & Serializable)
            (context, elements) -> task.of(elements);
    Object results = rdd.context().runJob(rdd.rdd(), work, ClassTag$.MODULE$.Object());
    return (List<R>) Arrays.asList((Object[]) results);
  }

  private static Optional<String> property(SparkContext spark, String key) {
    return Optional.ofNullable(spark.getLocalProperty(key));
  }
}
