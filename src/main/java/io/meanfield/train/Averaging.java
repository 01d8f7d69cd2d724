package io.meanfield.train;

import io.meanfield.network.LearnerState;
import io.meanfield.network.Range;
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
 * One round as one Spark job: every shard's task starts from the same state, and their states meet
 * in their {@link Mean}. Small states meet on the driver; large ones on the executors, slice by
 * slice ({@link ScatteredMean}), so that the driver's memory grows with the model and not with the
 * number of shards. Both ways sum in the same order, to the same bits. Driver only.
 */
public final class Averaging {
  // Bytes of all states together up to which the driver takes them: a second stage costs about as
  // much as bringing these.
  private static final long DRIVER_BYTES = 64L << 20;

  private Averaging() {}

  /**
   * What a round came to.
   *
   * @param mean nothing if no shard's task had anything good to give
   * @param reports in the order of the shards
   */
  public record Averaged<R>(Optional<LearnerState> mean, List<R> reports) {}

  /**
   * Runs {@code task} on every shard, one a partition, from {@code start}.
   *
   * @param logDeviations where the weights are decimal logarithms of standard deviations
   */
  public static <S, R extends Serializable> Averaged<R> run(
      JavaRDD<S> shards, LearnerState start, List<Range> logDeviations, RoundTask<S, R> task) {
    return run(shards, start, logDeviations, task, DRIVER_BYTES);
  }

  static <S, R extends Serializable> Averaged<R> run(
      JavaRDD<S> shards,
      LearnerState start,
      List<Range> logDeviations,
      RoundTask<S, R> task,
      long driverBytes) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(shards.context());
    // A broadcast and not the closure: Spark serialises a closure more than once.
    Broadcast<LearnerState> state = spark.broadcast(start);
    try {
      return start.bytes() * shards.getNumPartitions() > driverBytes
          ? ScatteredMean.of(shards.map(shard -> task.run(shard, state.value())), logDeviations)
          : onDriver(collect(shards, state, task), logDeviations);
    } finally {
      state.destroy();
    }
  }

  // shards.map(...).collect() by hand: of each of those closures Spark first makes sure that it can
  // be serialised, lineage and all, and a small round would cost half as much again.
  @SuppressWarnings("unchecked") // what the tasks give
  private static <S, R extends Serializable> List<RoundTask.Result<R>> collect(
      JavaRDD<S> shards, Broadcast<LearnerState> state, RoundTask<S, R> task) {
    var work =
        (Function2<TaskContext, Iterator<S>, RoundTask.Result<R>> & Serializable)
            (context, partition) -> task.run(only(partition), state.value());
    ClassTag<RoundTask.Result<R>> results = ClassTag$.MODULE$.apply(RoundTask.Result.class);
    return Arrays.asList(
        (RoundTask.Result<R>[]) shards.context().runJob(shards.rdd(), work, results));
  }

  private static <S> S only(Iterator<S> partition) {
    S shard = partition.next();
    // Asked to the end, an iterator gives back the lock on its cached block.
    if (partition.hasNext()) {
      throw new IllegalStateException("expected one shard a partition, found more");
    }
    return shard;
  }

  private static <R extends Serializable> Averaged<R> onDriver(
      List<RoundTask.Result<R>> results, List<Range> logDeviations) {
    return new Averaged<>(
        Mean.of(results.stream().map(RoundTask.Result::contribution).toList(), logDeviations),
        results.stream().map(RoundTask.Result::report).toList());
  }
}
