package io.meanfield.train.averaging;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.sparkui.SparkJobs;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;

/**
 * Runs one round as one Spark job: the task of every shard starts from the same state, and the
 * resulting states are averaged ({@link WeightedAverage}). Small states are averaged on the driver.
 * Large ones are averaged on the executors, slice by slice ({@link ReduceScatterAverage}), so that
 * the driver's memory grows with the model and not with the number of shards. Both ways sum in the
 * same order and give the same bits. Driver only.
 */
public final class AveragingRound {
  // Total size up to which states are averaged on the driver: sending so many bytes to the driver
  // costs about as much as a second stage.
  private static final long DRIVER_BYTES = 64L << 20;

  private AveragingRound() {}

  /**
   * Runs {@code task} on every shard, starting from {@code start}.
   *
   * @param shards one shard in each partition
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations
   */
  public static <S, R extends Serializable> RoundFunction.AveragedResult<R> run(
      JavaRDD<S> shards,
      LearnerState start,
      List<IndexRange> logDeviations,
      RoundFunction<S, R> task) {
    return run(shards, start, logDeviations, task, DRIVER_BYTES);
  }

  static <S, R extends Serializable> RoundFunction.AveragedResult<R> run(
      JavaRDD<S> shards,
      LearnerState start,
      List<IndexRange> logDeviations,
      RoundFunction<S, R> task,
      long driverBytes) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(shards.context());
    // A broadcast, because Spark serialises a closure more than once.
    Broadcast<LearnerState> state = spark.broadcast(start);
    try {
      return shards.getNumPartitions() > 1
              && start.bytes() * shards.getNumPartitions() > driverBytes
          ? SparkJobs.part(
              shards.context(),
              "reduce-scatter average",
              () ->
                  ReduceScatterAverage.of(
                      shards.map(shard -> task.run(shard, state.value())), logDeviations))
          : WeightedAverage.ofResults(
              SparkJobs.collect(
                  shards, partition -> ofOnly(partition, shard -> task.run(shard, state.value()))),
              logDeviations,
              1);
    } finally {
      state.destroy();
    }
  }

  /** Returns the result of a task for the only shard of a partition. */
  public static <S, R> R ofOnly(Iterator<S> partition, Function<S, R> task) {
    R result = task.apply(partition.next());
    // hasNext() at the end makes the iterator release the lock on its cached block.
    if (partition.hasNext()) {
      throw new IllegalStateException("expected one shard in each partition, found more");
    }
    return result;
  }
}
