package io.meanfield.train;

import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a round does with one shard on an executor. Stateless: its result is a function of the shard
 * and the state alone, so that a retry returns the same bits.
 *
 * @param <S> a shard
 * @param <R> what comes back to the driver
 */
@FunctionalInterface
public interface RoundTask<S, R> extends Serializable {
  R run(S shard, LearnerState start);

  /** One Spark job: runs {@code task} on every shard, from the same state; in the shards' order. */
  static <S, R> List<R> run(JavaRDD<S> shards, LearnerState start, RoundTask<S, R> task) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(shards.context());
    // A broadcast and not the closure: Spark serialises a closure more than once.
    Broadcast<LearnerState> state = spark.broadcast(start);
    try {
      return shards.map(shard -> task.run(shard, state.value())).collect();
    } finally {
      state.destroy();
    }
  }
}
