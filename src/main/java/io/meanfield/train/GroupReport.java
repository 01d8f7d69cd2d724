package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.train.averaging.WholeBatchMoment;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The report of a group's task to the driver.
 *
 * @param computeNanos time from the start of the task to its end
 * @param bytesOut size of the state that the task returns
 * @param distancesFromAverage distance of each worker's weights from the average; NaN for a worker
 *     outside the average
 */
@DefaultSerializer(JavaSerializer.class)
record GroupReport(
    int group,
    List<WorkerReport> workers,
    String host,
    long computeNanos,
    long bytesOut,
    List<Double> distancesFromAverage)
    implements Serializable {

  /** Joins the reports of the tasks of all members, in their order. */
  static GroupReport ofMembers(List<GroupReport> members) {
    GroupReport first = members.get(0);
    return new GroupReport(
        first.group,
        IntStream.range(0, first.workers.size())
            .mapToObj(
                i -> WorkerReport.ofMembers(members.stream().map(m -> m.workers.get(i)).toList()))
            .toList(),
        first.host,
        members.stream().mapToLong(GroupReport::computeNanos).max().orElseThrow(),
        members.stream().mapToLong(GroupReport::bytesOut).sum(),
        first.distancesFromAverage);
  }

  /** Returns the number of examples whose steps entered the group's state. */
  long averagedExamples() {
    return workers.stream().mapToLong(worker -> worker.averaged().examples()).sum();
  }

  /** Returns the group's part in the average of all groups. */
  WholeBatchMoment.Part averagedPart() {
    int steps = workers.stream().mapToInt(WorkerReport::batches).max().orElse(0);
    return new WholeBatchMoment.Part(averagedExamples(), steps);
  }

  /**
   * Returns the distance of a worker's weights from the average; empty if it is outside the
   * average.
   */
  Optional<Double> distanceFromAverage(int index) {
    return Optional.of(distancesFromAverage.get(index)).filter(Double::isFinite);
  }

  /** Returns this report with the size of the state that its task returns. */
  GroupReport withBytesOut(long bytes) {
    return new GroupReport(group, workers, host, computeNanos, bytes, distancesFromAverage);
  }

  /** Returns this report after the average of all groups. */
  GroupReport averaged(double distanceFromAverage) {
    return new GroupReport(
        group,
        workers,
        host,
        computeNanos,
        bytesOut,
        workers.size() == 1 ? List.of(distanceFromAverage) : distancesFromAverage);
  }
}
