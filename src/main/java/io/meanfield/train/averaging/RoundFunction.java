package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Trains one shard in a round, on an executor. Stateless: its result is a function of the shard and
 * the state alone, so that a retry returns the same bits.
 *
 * @param <S> a shard
 * @param <R> a report to the driver
 */
@FunctionalInterface
public interface RoundFunction<S, R extends Serializable> extends Serializable {
  RoundOutput<R> run(S shard, LearnerState start);

  /** The state to average, and the report to the driver. */
  @DefaultSerializer(JavaSerializer.class)
  record RoundOutput<R extends Serializable>(WeightedState weightedState, R report)
      implements Serializable {}

  /**
   * The result of a round.
   *
   * @param mean empty if no shard's task contributed examples
   * @param reports in the order of the shards
   * @param distancesFromAverage Euclidean distances of the weights from the average, in the order
   *     of the shards; NaN for a shard that is not averaged
   */
  record AveragedResult<R>(
      Optional<LearnerState> mean, List<R> reports, List<Double> distancesFromAverage) {}
}
