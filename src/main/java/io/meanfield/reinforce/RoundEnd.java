package io.meanfield.reinforce;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TimeBreakdown;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.averaging.AveragingRound.AveragedResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows the average of a round: the error if all workers have diverged, and the reports.
 *
 * @param start the state at the start of the round
 * @param nanos elapsed time of the round
 */
record RoundEnd(RoundNumber number, PlayState start, long nanos) {

  /**
   * Returns the average; empty if no worker has learned yet.
   *
   * @throws UserException if workers have learned and all of them have diverged
   */
  static Optional<LearnerState> averaged(
      RoundNumber number, LearnerState start, AveragedResult<ActorReport> result) {
    if (result.mean().isEmpty()
        && result.reports().stream().anyMatch(report -> !report.learning().isFinite())) {
      throw new UserException(
          ErrorCode.DIVERGED,
          "training diverged: in round "
              + number.number()
              + " of epoch "
              + number.epoch()
              + " no worker's loss and weights are finite after "
              + start.iteration()
              + " gradient steps; lower network.optimizer.learning-rate, or set"
              + " network.optimizer.clip-norm");
    }
    return result.mean();
  }

  /** Reports a row for each worker, and the elapsed time. */
  void report(AveragedResult<ActorReport> result, List<TrainingListener> listeners) {
    List<RoundRow> rows = new ArrayList<>();
    long longest = 0;
    for (int i = 0; i < result.reports().size(); i++) {
      rows.add(row(i, result));
      longest = Math.max(longest, result.reports().get(i).learning().nanos());
    }
    TimeBreakdown time =
        new TimeBreakdown(
            Duration.ofNanos(longest), Duration.ofNanos(nanos - longest), Duration.ZERO);
    listeners.forEach(listener -> listener.roundEnded(rows));
    listeners.forEach(listener -> listener.timeSpent(time));
  }

  private RoundRow row(int worker, AveragedResult<ActorReport> result) {
    ActorReport report = result.reports().get(worker);
    ActorReport.Learning learning = report.learning();
    double divergence = result.contributions().get(worker).divergence();
    long transitionBytes = (long) Float.BYTES * report.transitions().length;
    return new RoundRow(
        number.epoch(),
        number.overall(),
        worker,
        worker,
        report.host(),
        new RoundRow.Work(
            learning.examples(),
            learning.batches(),
            Optional.of(learning.lossSum() / learning.examples()).filter(Double::isFinite),
            Optional.of(learning.gpu()).filter(gpu -> !gpu.isEmpty()),
            !learning.isFinite(),
            Optional.of(divergence).filter(Double::isFinite)),
        new RoundRow.Cost(
            learning.nanos() / 1e6,
            (nanos - learning.nanos()) / 1e6,
            Optional.of(learning.nanos() / 1e6),
            start.learner().bytes() + start.actors().get(worker).memory().bytes(),
            start.learner().bytes() + transitionBytes));
  }
}
