package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedState;
import java.io.Serializable;

/**
 * The report of one logical worker to the driver about a round.
 *
 * @param examples number of examples consumed
 * @param lossSum sum of the losses of the examples
 * @param finite whether loss and weights are finite; if not, the worker is left out of the average
 */
@DefaultSerializer(JavaSerializer.class)
record ShardFit(int worker, long examples, double lossSum, boolean finite) implements Serializable {

  /** Returns the worker's state for the average and its report. */
  static RoundFunction.RoundOutput<ShardFit> of(
      int worker, LearnerState state, long examples, double lossSum) {
    boolean finite = Double.isFinite(lossSum) && state.isFinite();
    return new RoundFunction.RoundOutput<>(
        new WeightedState(state, finite ? examples : 0),
        new ShardFit(worker, examples, lossSum, finite));
  }
}
