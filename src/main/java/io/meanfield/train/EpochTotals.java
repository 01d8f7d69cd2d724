package io.meanfield.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;

/** Counts what an epoch consumed. */
final class EpochTotals {
  private long examples;
  private long averagedExamples;
  private double lossSum;
  private long correct;
  private long scored;

  void add(GroupReport group) {
    for (WorkerReport worker : group.workers()) {
      examples += worker.examples();
      averagedExamples += worker.averagedExamples();
      lossSum += worker.lossSum();
      correct += worker.correct();
      scored += worker.scored();
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

  /** Mean over the examples that went into the mean of the weights. */
  double loss() {
    return lossSum / averagedExamples;
  }

  /** Likewise; nothing where examples are neither right nor wrong. */
  Optional<Double> accuracy() {
    return scored == 0 ? Optional.empty() : Optional.of((double) correct / scored);
  }
}
