package io.meanfield.train.averaging;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * One round as one Spark job: every shard's task starts from the same state, and their states are
 * averaged ({@link WeightedAverage}): small states on the driver; large ones on the executors,
 * slice by slice ({@link ReduceScatterAverage}), so that the driver's memory grows with the model
 * and not with the number of shards. Both ways sum in the same order, to the same bits. Driver
 * only.
 */
public final class AveragingRound {
  // Bytes of all states together up to which the driver takes them: a second stage costs about as
  // much as bringing these.
  private static final long DRIVER_BYTES = 64L << 20;

  private AveragingRound() {}

  /**
   * The result of a round.
   *
   * @param mean empty if no shard's task contributed examples
   * @param reports in the order of the shards
   */
  public record AveragedResult<R>(Optional<LearnerState> mean, List<R> reports) {}

  /**
   * Runs {@code task} on every shard, one a partition, from {@code start}.
   *
   * @param logDeviations where the weights are decimal logarithms of standard deviations
   */
  public static <S, R extends Serializable> AveragedResult<R> run(
      JavaRDD<S> shards,
      LearnerState start,
      List<IndexRange> logDeviations,
      RoundFunction<S, R> task) {
    return run(shards, start, logDeviations, task, DRIVER_BYTES);
  }

  static <S, R extends Serializable> AveragedResult<R> run(
      JavaRDD<S> shards,
      LearnerState start,
      List<IndexRange> logDeviations,
      RoundFunction<S, R> task,
      long driverBytes) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(shards.context());
    // A broadcast and not the closure: Spark serialises a closure more than once.
    Broadcast<LearnerState> state = spark.broadcast(start);
    try {
      return start.bytes() * shards.getNumPartitions() > driverBytes
          ? ReduceScatterAverage.of(
              shards.map(shard -> task.run(shard, state.value())), logDeviations)
          : onDriver(collect(shards, state, task), logDeviations);
    } finally {
      state.destroy();
    }
  }

  // shards.map(...).collect() by hand: of each of those closures Spark first makes sure that it can
  // be serialised, lineage and all, and a small round would cost half as much again.
  @SuppressWarnings("unchecked") // what the tasks give
  private static <S, R extends Serializable> List<RoundFunction.RoundOutput<R>> collect(
      JavaRDD<S> shards, Broadcast<LearnerState> state, RoundFunction<S, R> task) {
    var work =
        (Function2<TaskContext, Iterator<S>, RoundFunction.RoundOutput<R>> & Serializable)
            (context, partition) -> task.run(only(partition), state.value());
    ClassTag<RoundFunction.RoundOutput<R>> results =
        ClassTag$.MODULE$.apply(RoundFunction.RoundOutput.class);
    return Arrays.asList(
        (RoundFunction.RoundOutput<R>[]) shards.context().runJob(shards.rdd(), work, results));
  }

  private static <S> S only(Iterator<S> partition) {
    S shard = partition.next();
    // Asked to the end, an iterator gives back the lock on its cached block.
    if (partition.hasNext()) {
      throw new IllegalStateException("expected one shard a partition, found more");
    }
    return shard;
  }

  private static <R extends Serializable> AveragedResult<R> onDriver(
      List<RoundFunction.RoundOutput<R>> results, List<IndexRange> logDeviations) {
    return new AveragedResult<>(
        WeightedAverage.of(
            results.stream().map(RoundFunction.RoundOutput::weightedState).toList(), logDeviations),
        results.stream().map(RoundFunction.RoundOutput::report).toList());
  }
}
