package io.meanfield.pipeline.page;

import io.meanfield.train.RoundRow;
import java.util.DoubleSummaryStatistics;

/** The costs of one round, of all its workers together. */
final class RoundTotal {
  private final DoubleSummaryStatistics tasks = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics distances = new DoubleSummaryStatistics();
  private double all;
  private double lossSum;
  private double lossExamples;

  void add(RoundRow worker) {
    RoundRow.Cost cost = worker.cost();
    tasks.accept(cost.taskMillis());
    all = Math.max(all, cost.computeMillis() + cost.waitMillis());
    worker.work().distanceFromAverage().ifPresent(distances::accept);
    addLoss(worker.work());
  }

  // As the average of the weights: without workers in quarantine.
  private void addLoss(RoundRow.Work work) {
    if (work.loss().isPresent() && !work.quarantined()) {
      lossSum += work.loss().get() * work.examples();
      lossExamples += work.examples();
    }
  }

  /** Returns the sum of the losses of all examples whose loss is known. */
  double lossSum() {
    return lossSum;
  }

  /** Returns the number of examples whose loss is known. */
  double lossExamples() {
    return lossExamples;
  }

  RoundTime time() {
    double longest = tasks.getMax();
    return new RoundTime(
        tasks.getAverage(), longest - tasks.getAverage(), Math.max(0, all - longest));
  }

  /** Returns the distances of the workers' weights from the average; none if they are not known. */
  DoubleSummaryStatistics distances() {
    return distances;
  }
}
