package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report on one round.
 *
 * @param groups the reports of the groups after the average
 * @param nanos time from the start of the round to its end, where it was computed
 */
@DefaultSerializer(JavaSerializer.class)
record RoundReport(Round round, List<GroupReport> groups, long nanos) implements Serializable {

  /** Returns this report with the size of the state that the task returns after the round. */
  RoundReport withBytesOut(long bytes) {
    return new RoundReport(
        round, groups.stream().map(group -> group.withBytesOut(bytes)).toList(), nanos);
  }

  /** Joins the reports of the tasks of all members, in their order. */
  static RoundReport ofMembers(List<RoundReport> members) {
    RoundReport first = members.get(0);
    return new RoundReport(
        first.round,
        IntStream.range(0, first.groups.size())
            .mapToObj(
                i -> GroupReport.ofMembers(members.stream().map(m -> m.groups.get(i)).toList()))
            .toList(),
        members.stream().mapToLong(RoundReport::nanos).max().orElseThrow());
  }
}
