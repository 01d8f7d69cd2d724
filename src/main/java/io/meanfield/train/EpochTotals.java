package io.meanfield.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;

/** Sums the examples and the training score of an epoch. */
final class EpochTotals {
  private long examples;
  private Score averaged = Score.NONE;

  void add(GroupReport group) {
    for (WorkerReport worker : group.workers()) {
      examples += worker.examples();
      averaged = averaged.plus(worker.averaged());
    }
  }

  /**
   * Throws if the number of consumed examples is not {@code expected}, which would mean lost data.
   */
  void requireExamples(int epoch, long expected) {
    if (examples != expected) {
      throw new UserException(
          ErrorCode.EXAMPLE_COUNT,
          "epoch "
              + epoch
              + " consumed "
              + examples
              + " examples, expected "
              + expected
              + "; maybe files of the data have changed during the run: start a new run, and report"
              + " it as a fault of Meanfield if it happens again");
    }
  }

  long examples() {
    return examples;
  }

  /** Returns the score of the examples whose steps entered the average of the weights. */
  Score averaged() {
    return averaged;
  }
}
