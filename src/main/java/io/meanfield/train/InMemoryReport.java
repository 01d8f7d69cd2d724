package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.List;

/**
 * The report of a task that trained all workers for several rounds.
 *
 * @param rounds the rounds that ended with a finite state
 * @param state after them
 * @param outerMomentum the momentum of the outer optimizer after them, as the weights of a state,
 *     because Java serialises an array number by number
 * @param failure the message of the error that ended the round after them; empty if there is none
 */
@DefaultSerializer(JavaSerializer.class)
record InMemoryReport(
    List<RoundReport> rounds, LearnerState state, LearnerState outerMomentum, String failure)
    implements Serializable {

  /** Returns the time in which the rounds were trained. */
  long trainingNanos() {
    return rounds.stream().mapToLong(RoundReport::nanos).sum();
  }
}
