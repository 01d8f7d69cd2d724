package io.meanfield.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;
import io.meanfield.train.history.EpochResult;
import java.util.Optional;

/** Sums the examples, the training score and the time of an epoch, and has its validation. */
final class EpochTotals {
  private long examples;
  private Score averaged = Score.NONE;
  private Optional<Validation> validation = Optional.empty();
  private long roundNanos;
  private long validationNanos;

  /** Adds a round that took so long. */
  void add(RoundReport round, long nanos) {
    for (GroupReport group : round.groups()) {
      for (WorkerReport worker : group.workers()) {
        examples += worker.examples();
        averaged = averaged.plus(worker.averaged());
      }
    }
    roundNanos += nanos;
  }

  /** Adds the validation after the epoch, which took so long. */
  void add(Validation scores, long nanos) {
    validation = Optional.of(scores);
    validationNanos = nanos;
  }

  boolean hasValidation() {
    return validation.isPresent();
  }

  /**
   * Throws if the number of consumed examples is not {@code expected}, which would mean lost data.
   */
  void requireExamples(int epoch, long expected) {
    if (examples != expected) {
      throw UserException.of(
          ErrorCode.EXAMPLE_COUNT,
          "epoch %s consumed %s examples, expected %s; maybe files of the data have changed during"
              + " the run: start a new run, and report it as a fault of Meanfield if it happens"
              + " again",
          epoch,
          examples,
          expected);
    }
  }

  long validationNanos() {
    return validationNanos;
  }

  /** Returns the result of the epoch. */
  EpochResult result(int epoch, double learningRate) {
    double loss = averaged.loss();
    Optional<Double> accuracy = averaged.accuracy();
    return new EpochResult(
        epoch,
        validation
            .map(scores -> scores.scores(loss, accuracy))
            .orElseGet(
                () -> new EpochResult.Scores(loss, accuracy, Optional.empty(), Optional.empty())),
        examples,
        (roundNanos + validationNanos) / 1e9,
        learningRate);
  }
}
