package io.meanfield.train.averaging;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Runs rounds whose states are averaged on the executors, however small they are. */
public final class AveragingOnExecutors {
  private AveragingOnExecutors() {}

  /** Runs {@code task} on every shard, starting from {@code start}. */
  public static <S, R extends Serializable> AveragingRound.AveragedResult<R> run(
      JavaRDD<S> shards,
      LearnerState start,
      List<IndexRange> logDeviations,
      RoundFunction<S, R> task) {
    return AveragingRound.run(shards, start, logDeviations, task, 0);
  }
}
