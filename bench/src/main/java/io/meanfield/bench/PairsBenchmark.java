package io.meanfield.bench;

import io.meanfield.kernels.Precision;
import io.meanfield.network.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Compares the accuracy of two trainings that start from the same weights, seed by seed. */
public final class PairsBenchmark {
  private static final int LAST_EPOCHS = 5;

  private final MnistWorkload workload;
  private final int epochs;
  private final Training first;
  private final Training second;
  private final SummaryStatistics difference = new SummaryStatistics();

  private PairsBenchmark(MnistWorkload workload, int epochs, Training first, Training second) {
    this.workload = workload;
    this.epochs = epochs;
    this.first = first;
    this.second = second;
  }

  /**
   * Takes the number of seeds, at least 2, of epochs (default 10 and 30), and the pair: workers or
   * bfloat16 (default workers).
   */
  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    String pair = args.length > 2 ? args[2] : "workers";
    try (MnistWorkload workload = new MnistWorkload()) {
      PairsBenchmark benchmark =
          switch (pair) {
            case "workers" -> ofWorkers(workload, epochs);
            case "bfloat16" -> ofPrecisions(workload, epochs);
            default -> throw new IllegalArgumentException("there is no pair " + pair);
          };
      IntStream.rangeClosed(1, seeds).forEach(benchmark::runPair);
      benchmark.print();
    }
  }

  /** Compares one worker and two with the same total batch. */
  private static PairsBenchmark ofWorkers(MnistWorkload workload, int epochs) {
    return new PairsBenchmark(
        workload,
        epochs,
        new Training("one worker x 128", "train.workers=1", "train.batch-size=128"),
        new Training(
            "two workers x 64, every 50",
            "train.workers=2",
            "train.batch-size=64",
            "train.sync-frequency=50"));
  }

  /** Compares both precisions of a wide network. */
  private static PairsBenchmark ofPrecisions(MnistWorkload workload, int epochs) {
    ComparedNetwork wide = ComparedNetwork.WIDE;
    return new PairsBenchmark(
        workload,
        epochs,
        new Training("wide, float32", wide.settings(Precision.FLOAT32, 50)),
        new Training("wide, bfloat16", wide.settings(Precision.BFLOAT16, 50)));
  }

  private void runPair(int seed) {
    double before = accuracy(seed, first.settings);
    double after = accuracy(seed, second.settings);
    first.accuracies.addValue(before);
    second.accuracies.addValue(after);
    difference.addValue(after - before);
    System.err.printf("seed %d: %.2f %% %.2f %%%n", seed, before, after);
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
        "test accuracy, mean of the last five of %d epochs, %d seeds, 60,000 digits, torch%n",
        epochs, seeds);
    first.print();
    second.print();
    System.out.printf(
        "difference, paired           %+.2f points, 95 %% interval %+.2f to %+.2f%n%n%s%n",
        difference.getMean(),
        difference.getMean() - halfWidth,
        difference.getMean() + halfWidth,
        Machine.description());
  }

  /** A training and its accuracies in per cent. */
  private static final class Training {
    private final String title;
    private final String[] settings;
    private final SummaryStatistics accuracies = new SummaryStatistics();

    Training(String title, String... settings) {
      this.title = title;
      this.settings = settings;
    }

    void print() {
      System.out.printf(
          "%-28s %.2f %% (standard deviation %.2f)%n",
          title, accuracies.getMean(), accuracies.getStandardDeviation());
    }
  }
}
