package io.meanfield.bench;

import io.meanfield.network.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What averaging costs in accuracy at the same total batch: one worker with 128 examples a
 * minibatch against two with 64 that meet every 50, from the same first weights, seed by seed.
 */
public final class AveragingCostBenchmark {
  private static final int LAST = 5;

  private final MnistWorkload workload;
  private final int epochs;
  private final SummaryStatistics one = new SummaryStatistics();
  private final SummaryStatistics two = new SummaryStatistics();
  private final SummaryStatistics difference = new SummaryStatistics();

  private AveragingCostBenchmark(MnistWorkload workload, int epochs) {
    this.workload = workload;
    this.epochs = epochs;
  }

  /** Takes the number of seeds and of epochs, 10 and 30 unless said. */
  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    try (MnistWorkload workload = new MnistWorkload()) {
      AveragingCostBenchmark benchmark = new AveragingCostBenchmark(workload, epochs);
      IntStream.rangeClosed(1, seeds).forEach(benchmark::pair);
      benchmark.print();
    }
  }

  private void pair(int seed) {
    double alone = accuracy(seed, "train.workers=1", "train.batch-size=128");
    double together =
        accuracy(seed, "train.workers=2", "train.batch-size=64", "train.sync-frequency=50");
    one.addValue(alone);
    two.addValue(together);
    difference.addValue(together - alone);
    System.err.printf("seed %d: %.2f %% %.2f %%%n", seed, alone, together);
  }

  /** Per cent of the test digits, the mean of the last five epochs. */
  private double accuracy(long seed, String... settings) {
    try (MeanfieldTrainer contender =
        new MeanfieldTrainer(String.join(" ", settings), workload, seed, Engine.TORCH, settings)) {
      List<Double> last = new ArrayList<>();
      for (int epoch = 1; epoch <= epochs; epoch++) {
        contender.epoch();
        if (epoch > epochs - LAST) {
          last.add(100 * contender.accuracy());
        }
      }
      return last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  private void print() {
    long seeds = difference.getN();
    double half =
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
        one.getMean(),
        one.getStandardDeviation(),
        two.getMean(),
        two.getStandardDeviation(),
        difference.getMean(),
        difference.getMean() - half,
        difference.getMean() + half,
        Machine.description());
  }
}
