package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The report of a task that trained all workers for several rounds.
 *
 * @param rounds the rounds that ended with a finite state
 * @param averaging the state after them, without the learner's
 * @param failure the message of the error that ended the round after them; empty if there is none
 */
@DefaultSerializer(JavaSerializer.class)
record InMemoryReport(List<RoundReport> rounds, AveragingState averaging, String failure)
    implements Serializable {

  /** Returns the time in which the rounds were trained. */
  long trainingNanos() {
    return rounds.stream().mapToLong(RoundReport::nanos).sum();
  }
}
