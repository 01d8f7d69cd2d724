package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.Score;
import io.meanfield.train.history.TrainingState;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rounds that a task trained in its memory.
 *
 * @param ends what followed the rounds that ended an epoch or the task, by the rounds' numbers
 * @param states the states after the last of these rounds and after those that early stopping may
 *     choose, by the rounds' numbers
 * @param failure why the round after these diverged; empty if none did
 */
@DefaultSerializer(JavaSerializer.class)
record InMemoryReport(
    List<RoundReport> rounds,
    Map<Integer, End> ends,
    Map<Integer, TrainingState> states,
    String failure)
    implements Serializable {

  /**
   * The end of an epoch or of a task.
   *
   * @param iteration number of minibatches trained so far
   * @param score of the weights after an epoch on the validation examples of the task
   * @param validationNanos time in which it was computed
   */
  @DefaultSerializer(JavaSerializer.class)
  record End(int iteration, Score score, long validationNanos) implements Serializable {
    static End ofMembers(List<End> members) {
      return new End(
          members.get(0).iteration,
          members.stream().map(End::score).reduce(Score.NONE, Score::plus),
          members.stream().mapToLong(End::validationNanos).max().orElseThrow());
    }

    /** Returns the validation after an epoch; empty if the task had no examples for it. */
    Optional<Validation> validation() {
      return Optional.of(score).filter(known -> known.examples() > 0).map(Validation::of);
    }
  }

  /**
   * Joins the reports of the only task, or of the tasks of all members in their order. If a member
   * has diverged, the rounds before that count.
   */
  static InMemoryReport ofTasks(List<InMemoryReport> tasks) {
    if (tasks.size() == 1) {
      return tasks.get(0);
    }
    int count = tasks.stream().mapToInt(task -> task.rounds.size()).min().orElseThrow();
    List<RoundReport> rounds =
        IntStream.range(0, count)
            .mapToObj(i -> RoundReport.ofMembers(tasks.stream().map(t -> t.rounds.get(i)).toList()))
            .toList();
    Map<Integer, End> ends = new HashMap<>();
    Map<Integer, TrainingState> states = new HashMap<>();
    for (RoundReport round : rounds) {
      int number = round.round().number();
      if (tasks.get(0).ends.containsKey(number)) {
        ends.put(number, End.ofMembers(tasks.stream().map(task -> task.ends.get(number)).toList()));
        states.put(
            number,
            TrainingState.ofMembers(tasks.stream().map(task -> task.states.get(number)).toList()));
      }
    }
    return new InMemoryReport(
        rounds,
        ends,
        states,
        tasks.stream()
            .map(InMemoryReport::failure)
            .filter(failure -> !failure.isEmpty())
            .findFirst()
            .orElse(""));
  }

  /** Returns the time in which the rounds were trained and their weights were validated. */
  long nanos() {
    return rounds.stream().mapToLong(RoundReport::nanos).sum()
        + ends.values().stream().mapToLong(End::validationNanos).sum();
  }
}
