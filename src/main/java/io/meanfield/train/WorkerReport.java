package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.train.averaging.WholeBatchMoment;
import java.io.Serializable;
import java.util.List;

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

  /** Joins the reports on the members of an ensemble, in their order, in one round. */
  static WorkerReport ofMembers(List<WorkerReport> members) {
    WorkerReport first = members.get(0);
    boolean quarantined = members.stream().anyMatch(WorkerReport::quarantined);
    return new WorkerReport(
        first.worker,
        first.examples,
        members.stream().mapToInt(WorkerReport::batches).max().orElseThrow(),
        quarantined ? Score.NONE : meanOf(members.stream().map(WorkerReport::averaged).toList()),
        quarantined,
        members.stream().mapToDouble(WorkerReport::quarantinedLoss).sum() / members.size(),
        members.stream().mapToLong(WorkerReport::computeNanos).max().orElseThrow(),
        first.device);
  }

  // The sums of the members are added first, so that the mean has the same bits everywhere.
  private static Score meanOf(List<Score> members) {
    Score first = members.get(0);
    Score sum = members.stream().reduce(Score.NONE, Score::plus);
    return new Score(
        first.examples(),
        first.weight(),
        sum.lossSum() / members.size(),
        sum.correct() / members.size(),
        sum.scored() / members.size());
  }

  /** Returns the same report with another time in the learner. */
  WorkerReport withComputeNanos(long nanos) {
    return new WorkerReport(
        worker, examples, batches, averaged, quarantined, quarantinedLoss, nanos, device);
  }

  /** Returns the worker's part in an average. */
  WholeBatchMoment.Part averagedPart() {
    return new WholeBatchMoment.Part(averaged.examples(), batches);
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
