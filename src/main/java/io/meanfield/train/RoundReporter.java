package io.meanfield.train;

import io.meanfield.evaluate.Score;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.RoundTime;
import io.meanfield.train.history.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports rounds to the listeners: a row for each worker, and the elapsed time. Driver only. */
final class RoundReporter {
  private final List<TrainingListener> listeners;

  RoundReporter(List<TrainingListener> listeners) {
    this.listeners = listeners;
  }

  /**
   * Reports a round.
   *
   * @param bytesIn size of the state that each task received
   * @param nanos elapsed time of the round
   */
  void report(RoundReport round, long bytesIn, long nanos) {
    RoundTime time =
        RoundTime.of(nanos, round.groups().stream().mapToLong(GroupReport::computeNanos));
    List<RoundRow> rows = new ArrayList<>();
    for (GroupReport group : round.groups()) {
      for (int i = 0; i < group.workers().size(); i++) {
        rows.add(row(round.round(), group, i, bytesIn, time));
      }
    }
    time.report(rows, listeners);
  }

  private static RoundRow row(
      Round round, GroupReport group, int index, long bytesIn, RoundTime time) {
    WorkerReport worker = group.workers().get(index);
    return new RoundRow(
        round.epoch(),
        round.number(),
        group.group(),
        worker.worker(),
        group.host(),
        work(worker, group.distanceFromAverage(index)),
        time.cost(worker.computeNanos(), group.computeNanos(), bytesIn, group.bytesOut()));
  }

  private static RoundRow.Work work(WorkerReport worker, Optional<Double> distanceFromAverage) {
    return new RoundRow.Work(
        worker.examples(),
        worker.batches(),
        loss(worker.averaged()),
        worker.device().gpu(),
        worker.quarantined(),
        distanceFromAverage);
  }

  private static Optional<Double> loss(Score averaged) {
    return averaged.examples() == 0 ? Optional.empty() : Optional.of(averaged.loss());
  }
}
