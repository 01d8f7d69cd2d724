package io.meanfield.batch;

import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * A task whose computation ends soon after Spark has cancelled it. Spark itself ends a task where
 * it reads the next element of a partition, and a round or a chunk is one element. Thread-safe.
 */
public final class CancellableTask {
  private final Optional<TaskContext> context; // empty outside of Spark
  private final Optional<SparkEnv> spark;

  private CancellableTask(Optional<TaskContext> context, Optional<SparkEnv> spark) {
    this.context = context;
    this.spark = spark;
  }

  /** Returns the task that runs on this thread. */
  public static CancellableTask current() {
    return new CancellableTask(
        Optional.ofNullable(TaskContext.get()), Optional.ofNullable(SparkEnv.get()));
  }

  /**
   * Throws if Spark has cancelled the task, on any of its threads. Callers ask once a minibatch.
   *
   * @throws TaskKilledException which Spark does not count as a failure
   */
  public void requireRunning() {
    if (context.filter(task -> task.isInterrupted() || isStopped()).isPresent()) {
      throw new TaskKilledException("cancelled");
    }
  }

  // Spark cancels no task of a local master that is stopped, but forgets its environment.
  private boolean isStopped() {
    return !Optional.ofNullable(SparkEnv.get()).equals(spark);
  }
}
