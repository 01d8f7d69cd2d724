package io.meanfield.train;

import io.meanfield.evaluate.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports rounds to the listeners: a row for each worker, and the elapsed time. Driver only. */
record RoundReporter(List<TrainingListener> listeners) {

  /**
   * Reports a round.
   *
   * @param bytesIn size of the state that each task received
   * @param nanos elapsed time of the round
   */
  void report(Round round, List<GroupReport> groups, long bytesIn, long nanos) {
    List<RoundRow> rows = new ArrayList<>();
    long longest = 0;
    for (GroupReport group : groups) {
      for (WorkerReport worker : group.workers()) {
        rows.add(row(round, group, worker, bytesIn, nanos));
      }
      longest = Math.max(longest, group.computeNanos());
    }
    TimeBreakdown time =
        new TimeBreakdown(
            Duration.ofNanos(longest), Duration.ofNanos(nanos - longest), Duration.ZERO);
    listeners.forEach(listener -> listener.roundEnded(rows));
    listeners.forEach(listener -> listener.timeSpent(time));
  }

  private static RoundRow row(
      Round round, GroupReport group, WorkerReport worker, long bytesIn, long nanos) {
    return new RoundRow(
        round.epoch(),
        round.number(),
        group.group(),
        worker.worker(),
        group.host(),
        work(worker),
        new RoundRow.Cost(
            worker.computeNanos() / 1e6,
            (nanos - worker.computeNanos()) / 1e6,
            bytesIn,
            group.bytesOut()));
  }

  private static RoundRow.Work work(WorkerReport worker) {
    return new RoundRow.Work(
        worker.examples(),
        worker.batches(),
        loss(worker.averaged()),
        worker.device().gpu(),
        worker.quarantined());
  }

  private static Optional<Double> loss(Score averaged) {
    return averaged.examples() == 0 ? Optional.empty() : Optional.of(averaged.loss());
  }
}
