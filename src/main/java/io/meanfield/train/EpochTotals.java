package io.meanfield.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;

/** Counts what an epoch consumed. */
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
   * Throws unless exactly {@code expected} examples have been consumed: silence here would hide
   * lost data.
   */
  void requireExamples(int epoch, long expected) {
    if (examples != expected) {
      throw new UserException(
          ErrorCode.EXAMPLE_COUNT,
          "epoch " + epoch + " consumed " + examples + " examples, expected " + expected);
    }
  }

  long examples() {
    return examples;
  }

  /** The score of the examples that went into the mean of the weights. */
  Score averaged() {
    return averaged;
  }
}
