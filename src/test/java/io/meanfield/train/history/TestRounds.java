package io.meanfield.train.history;

import java.util.Optional;

/** Parts of rows of the table {@code rounds} for tests. */
public final class TestRounds {
  private TestRounds() {}

  /** Returns the work of a worker whose distance from the average is not known. */
  public static RoundRow.Work work(
      long examples,
      int batches,
      Optional<Double> loss,
      Optional<String> gpu,
      boolean quarantined) {
    return new RoundRow.Work(examples, batches, loss, gpu, quarantined, Optional.empty());
  }

  /** Returns the cost of a worker that has its task alone. */
  public static RoundRow.Cost cost(
      double computeMillis, double waitMillis, long bytesIn, long bytesOut) {
    return new RoundRow.Cost(computeMillis, waitMillis, computeMillis, bytesIn, bytesOut);
  }
}
