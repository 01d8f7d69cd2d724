package io.meanfield.reinforce;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.RoundFunction.AveragedResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.RoundTime;
import io.meanfield.train.history.TrainingListener;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A round that all workers have played.
 *
 * @param start the state at the start of the round
 * @param result the average of the workers and their reports
 */
record PlayedRound(RoundNumber number, PlayState start, AveragedResult<PlayWorkerReport> result) {

  /**
   * Returns the average; empty if no worker has learned yet.
   *
   * @throws UserException if workers have learned and all of them have diverged
   */
  Optional<LearnerState> average() {
    if (result.mean().isEmpty()
        && result.reports().stream().anyMatch(report -> !report.learning().isFinite())) {
      throw UserException.of(
          ErrorCode.DIVERGED,
          "training diverged: in round %s of epoch %s no worker's loss and weights are finite after"
              + " %s gradient steps; lower network.optimizer.learning-rate, or set"
              + " network.optimizer.clip-norm",
          number.number(),
          number.epoch(),
          start.learner().iteration());
    }
    return result.mean();
  }

  /**
   * Reports a row for each worker, and the elapsed time.
   *
   * @param nanos elapsed time of the round
   */
  void report(long nanos, List<TrainingListener> listeners) {
    RoundTime time =
        RoundTime.of(
            nanos, result.reports().stream().mapToLong(report -> report.learning().nanos()));
    time.report(
        IntStream.range(0, result.reports().size()).mapToObj(worker -> row(worker, time)).toList(),
        listeners);
  }

  private RoundRow row(int worker, RoundTime time) {
    PlayWorkerReport report = result.reports().get(worker);
    PlayWorkerReport.Learning learning = report.learning();
    double distanceFromAverage = result.distancesFromAverage().get(worker);
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
            Optional.of(distanceFromAverage).filter(Double::isFinite)),
        time.cost(
            learning.nanos(),
            learning.nanos(),
            start.learner().bytes() + start.workers().get(worker).memory().bytes(),
            start.learner().bytes() + transitionBytes));
  }
}
