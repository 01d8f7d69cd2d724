package io.meanfield.reinforce;

import java.util.List;

/** Sums of an epoch's rounds. */
final class RoundTotals {
  private long examples;
  private long averagedExamples;
  private double lossSum;

  void add(List<PlayWorkerReport> workers) {
    for (PlayWorkerReport worker : workers) {
      examples += worker.learning().examples();
      if (worker.learning().isFinite()) {
        averagedExamples += worker.learning().examples();
        lossSum += worker.learning().lossSum();
      }
    }
  }

  long examples() {
    return examples;
  }

  /** Returns the mean loss of the sampled transitions; 0 before the first gradient step. */
  double loss() {
    return averagedExamples == 0 ? 0 : lossSum / averagedExamples;
  }
}
