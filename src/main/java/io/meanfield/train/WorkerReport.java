package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import java.io.Serializable;

/**
 * What one logical worker did in one round.
 *
 * @param examples consumed
 * @param averaged score of the examples whose steps went into the mean: all, unless the worker was
 *     quarantined
 * @param quarantinedLoss the loss of the step that was left out of the mean, 0 if none was
 * @param computeNanos in the learner
 * @param device where the learner computes
 */
@DefaultSerializer(JavaSerializer.class)
record WorkerReport(
    int worker,
    long examples,
    int batches,
    Score averaged,
    boolean quarantined,
    double quarantinedLoss,
    long computeNanos,
    Device device)
    implements Serializable {

  static WorkerReport idle(int worker) {
    return new WorkerReport(worker, 0, 0, Score.NONE, false, 0, 0, Device.CPU);
  }

  WorkerReport plus(WorkerReport next) {
    return new WorkerReport(
        worker,
        examples + next.examples,
        batches + next.batches,
        averaged.plus(next.averaged),
        quarantined || next.quarantined,
        next.quarantined ? next.quarantinedLoss : quarantinedLoss,
        computeNanos + next.computeNanos,
        next.device);
  }
}
