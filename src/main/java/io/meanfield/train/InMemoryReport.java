package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.Score;
import io.meanfield.train.history.TrainingState;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rounds that a task trained in its memory.
 *
 * @param ends what followed the rounds that ended an epoch or the task, by the rounds' numbers
 * @param failure why the round after these diverged; empty if none did
 */
@DefaultSerializer(JavaSerializer.class)
record InMemoryReport(List<RoundReport> rounds, Map<Integer, End> ends, String failure)
    implements Serializable {

  /**
   * The end of an epoch or of a task.
   *
   * @param score of the weights after an epoch on the validation examples of the task
   * @param validationNanos time in which it was computed
   */
  @DefaultSerializer(JavaSerializer.class)
  record End(TrainingState state, Score score, long validationNanos) implements Serializable {
    /** Returns the validation after an epoch; empty if the task had no examples for it. */
    Optional<Validation> validation() {
      return Optional.of(score).filter(known -> known.examples() > 0).map(Validation::of);
    }
  }

  /** Returns the time in which the rounds were trained and their weights were validated. */
  long nanos() {
    return rounds.stream().mapToLong(RoundReport::nanos).sum()
        + ends.values().stream().mapToLong(End::validationNanos).sum();
  }
}
