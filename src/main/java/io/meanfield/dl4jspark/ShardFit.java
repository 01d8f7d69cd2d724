package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedState;
import java.io.Serializable;

/**
 * What one logical worker tells the driver about a round.
 *
 * @param examples consumed
 * @param lossSum over them
 * @param finite whether loss and weights are finite: a worker without that is no good to anybody
 */
@DefaultSerializer(JavaSerializer.class)
record ShardFit(int worker, long examples, double lossSum, boolean finite) implements Serializable {

  /** What the worker brings to the driver. */
  static RoundFunction.RoundOutput<ShardFit> of(
      int worker, LearnerState state, long examples, double lossSum) {
    boolean good = Double.isFinite(lossSum) && state.isFinite();
    return new RoundFunction.RoundOutput<>(
        new WeightedState(state, good ? examples : 0),
        new ShardFit(worker, examples, lossSum, good));
  }
}
