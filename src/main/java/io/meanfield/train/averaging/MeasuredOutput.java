package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;

/**
 * A shard's result with the size of its update, measured on its executor.
 *
 * @param updateNorm Euclidean norm of the change of the weights; NaN without examples to average
 */
@DefaultSerializer(JavaSerializer.class)
record MeasuredOutput<R extends Serializable>(
    RoundFunction.RoundOutput<R> output, double updateNorm) implements Serializable {

  static <R extends Serializable> MeasuredOutput<R> of(
      RoundFunction.RoundOutput<R> output, LearnerState start) {
    WeightedState weighted = output.weightedState();
    return new MeasuredOutput<>(
        output,
        weighted.examples() == 0
            ? Double.NaN
            : Distance.between(weighted.state().weights(), start.weights()));
  }
}
