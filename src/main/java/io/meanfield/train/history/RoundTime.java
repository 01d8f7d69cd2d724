package io.meanfield.train.history;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The elapsed time of a round, in nanoseconds.
 *
 * @param round time from the start of the round to its end
 * @param longestTask duration of its longest task
 */
public record RoundTime(long round, long longestTask) {

  /**
   * Returns the time of a round.
   *
   * @param round time from the start of the round to its end
   * @param tasks durations of its tasks
   */
  public static RoundTime of(long round, LongStream tasks) {
    return new RoundTime(round, tasks.max().orElse(0));
  }

  /**
   * Returns what a worker cost.
   *
   * @param compute time in the learner, in nanoseconds
   * @param task duration of the worker's task, in nanoseconds
   * @param bytesIn size of the state that the task received
   * @param bytesOut size of the state that the task returned
   */
  public RoundRow.Cost cost(long compute, long task, long bytesIn, long bytesOut) {
    return new RoundRow.Cost(compute / 1e6, (round - compute) / 1e6, task / 1e6, bytesIn, bytesOut);
  }

  /** Reports the rows of the workers, then the time, to each listener. */
  public void report(List<RoundRow> workers, List<TrainingListener> listeners) {
    TimeBreakdown time =
        new TimeBreakdown(
            Duration.ofNanos(longestTask), Duration.ofNanos(round - longestTask), Duration.ZERO);
    listeners.forEach(listener -> listener.roundEnded(workers));
    listeners.forEach(listener -> listener.timeSpent(time));
  }
}
