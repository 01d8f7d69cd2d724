package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import java.io.Serializable;

/**
 * The report of one logical worker on one round.
 *
 * @param examples number of examples consumed
 * @param averaged score of the examples whose steps entered the average: all, unless the worker was
 *     quarantined
 * @param quarantinedLoss sum of the losses that were left out of the average; 0 without quarantine
 * @param computeNanos time in the learner
 * @param device the device on which the learner computes
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
