package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import io.meanfield.train.Contribution;
import java.io.Serializable;

/**
 * What one logical worker brings back from a round.
 *
 * @param examples consumed
 * @param lossSum over them
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record WorkerResult(int worker, LearnerState state, long examples, double lossSum)
    implements Serializable {

  /** A worker whose loss or weights are not finite is no good to anybody. */
  boolean isFinite() {
    return Double.isFinite(lossSum) && state.isFinite();
  }

  Contribution contribution() {
    return new Contribution(state, isFinite() ? examples : 0);
  }
}
