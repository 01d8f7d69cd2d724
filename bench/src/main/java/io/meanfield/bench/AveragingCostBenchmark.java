package io.meanfield.bench;

import io.meanfield.network.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Measures the accuracy that averaging costs at the same total batch: one worker with minibatches
 * of 128, and two workers with minibatches of 64 that are averaged every 50. Both start from the
 * same weights, seed by seed.
 */
public final class AveragingCostBenchmark {
  private static final int LAST_EPOCHS = 5;

  private final MnistWorkload workload;
  private final int epochs;
  private final SummaryStatistics oneWorker = new SummaryStatistics();
  private final SummaryStatistics twoWorkers = new SummaryStatistics();
  private final SummaryStatistics difference = new SummaryStatistics();

  private AveragingCostBenchmark(MnistWorkload workload, int epochs) {
    this.workload = workload;
    this.epochs = epochs;
  }

  /** Takes the number of seeds, at least 2, and of epochs (default 10 and 30). */
  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    try (MnistWorkload workload = new MnistWorkload()) {
      AveragingCostBenchmark benchmark = new AveragingCostBenchmark(workload, epochs);
      IntStream.rangeClosed(1, seeds).forEach(benchmark::runPair);
      benchmark.print();
    }
  }

  private void runPair(int seed) {
    double oneWorkerAccuracy = accuracy(seed, "train.workers=1", "train.batch-size=128");
    double twoWorkersAccuracy =
        accuracy(seed, "train.workers=2", "train.batch-size=64", "train.sync-frequency=50");
    oneWorker.addValue(oneWorkerAccuracy);
    twoWorkers.addValue(twoWorkersAccuracy);
    difference.addValue(twoWorkersAccuracy - oneWorkerAccuracy);
    System.err.printf("seed %d: %.2f %% %.2f %%%n", seed, oneWorkerAccuracy, twoWorkersAccuracy);
  }

  /** Returns the mean test accuracy of the last five epochs, in per cent. */
  private double accuracy(long seed, String... settings) {
    try (MeanfieldTrainer trainer =
        new MeanfieldTrainer(String.join(" ", settings), workload, seed, Engine.TORCH, settings)) {
      List<Double> lastAccuracies = new ArrayList<>();
      for (int epoch = 1; epoch <= epochs; epoch++) {
        trainer.epoch();
        if (epoch > epochs - LAST_EPOCHS) {
          lastAccuracies.add(100 * trainer.accuracy());
        }
      }
      return lastAccuracies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  private void print() {
    long seeds = difference.getN();
    double halfWidth =
        new TDistribution((double) seeds - 1).inverseCumulativeProbability(0.975)
            * difference.getStandardDeviation()
            / Math.sqrt((double) seeds);
    System.out.printf(
        "test accuracy, mean of the last five of %d epochs, %d seeds, 60,000 digits, torch%n"
            + "one worker x 128             %.2f %% (standard deviation %.2f)%n"
            + "two workers x 64, every 50   %.2f %% (%.2f)%n"
            + "difference, paired           %+.2f points, 95 %% interval %+.2f to %+.2f%n%n%s%n",
        epochs,
        seeds,
        oneWorker.getMean(),
        oneWorker.getStandardDeviation(),
        twoWorkers.getMean(),
        twoWorkers.getStandardDeviation(),
        difference.getMean(),
        difference.getMean() - halfWidth,
        difference.getMean() + halfWidth,
        Machine.description());
  }
}
