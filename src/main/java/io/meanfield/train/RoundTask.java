package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;

/**
 * What a round does with one shard on an executor. Stateless: its result is a function of the shard
 * and the state alone, so that a retry returns the same bits.
 *
 * @param <S> a shard
 * @param <R> what it has to tell
 */
@FunctionalInterface
public interface RoundTask<S, R extends Serializable> extends Serializable {
  Result<R> run(S shard, LearnerState start);

  /** What goes into the mean, and what goes to the driver besides. */
  @DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
  record Result<R extends Serializable>(Contribution contribution, R report)
      implements Serializable {}
}
