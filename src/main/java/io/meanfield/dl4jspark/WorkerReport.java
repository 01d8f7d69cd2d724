package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import io.meanfield.train.Contribution;
import io.meanfield.train.RoundTask;
import java.io.Serializable;

/**
 * What one logical worker tells the driver about a round.
 *
 * @param examples consumed
 * @param lossSum over them
 * @param good whether loss and weights are finite: a worker without that is no good to anybody
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record WorkerReport(int worker, long examples, double lossSum, boolean good)
    implements Serializable {

  /** What the worker brings to the driver. */
  static RoundTask.Result<WorkerReport> of(
      int worker, LearnerState state, long examples, double lossSum) {
    boolean good = Double.isFinite(lossSum) && state.isFinite();
    return new RoundTask.Result<>(
        new Contribution(state, good ? examples : 0),
        new WorkerReport(worker, examples, lossSum, good));
  }
}
