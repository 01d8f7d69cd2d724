package io.meanfield.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the time of an epoch of LeNet-5 on the 60,000 digits: the engine torch with two workers,
 * and one DL4J process.
 */
public final class LenetBenchmark {
  private static final Path JOB = Path.of("jobs/mnist-lenet.conf");

  private LenetBenchmark() {}

  /** Takes the number of turns (default 2); the first epoch of both trainers is a warm-up. */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    try (MnistWorkload workload = new MnistWorkload();
        MeanfieldTrainer meanfield =
            MeanfieldTrainer.ofJob(workload, JOB, "train.batch-size=" + MnistWorkload.BATCH)) {
      SingleProcess dl4j = SingleProcess.ofImages(workload, meanfield.untrained());
      List<Double> meanfieldSeconds = new ArrayList<>();
      List<Double> dl4jSeconds = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int turn = 0; turn <= turns; turn++) {
        double meanfieldEpoch = meanfield.timedEpoch();
        double dl4jEpoch = dl4j.timedEpoch();
        System.err.printf(
            "turn %d of %d, seconds: %.2f %.2f%n", turn, turns, meanfieldEpoch, dl4jEpoch);
        if (turn > 0) {
          meanfieldSeconds.add(meanfieldEpoch);
          dl4jSeconds.add(dl4jEpoch);
          ratios.add(meanfieldEpoch / dl4jEpoch);
        }
      }
      System.out.printf(
          "%s, 60,000 digits, minibatches of %d                  s/epoch    ratio%n"
              + "one DL4J process, one math thread                       %9.2f     1.00%n"
              + "Meanfield, torch, local[2], 2 workers, sync every 50    %9.2f    %5.3f%n%n"
              + "medians of %d turns after one; %s%n",
          JOB,
          MnistWorkload.BATCH,
          Median.of(dl4jSeconds),
          Median.of(meanfieldSeconds),
          Median.of(ratios),
          turns,
          Machine.description());
    }
  }
}
