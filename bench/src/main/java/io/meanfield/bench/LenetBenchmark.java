package io.meanfield.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An epoch of LeNet-5 on the 60,000 digits: LibTorch on two workers against one DL4J process. */
public final class LenetBenchmark {
  private static final Path JOB = Path.of("jobs/mnist-lenet.conf");

  private LenetBenchmark() {}

  /** Takes the number of turns, 2 unless said; the first epoch of both is a warm-up. */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    try (MnistWorkload workload = new MnistWorkload();
        MeanfieldTrainer meanfield =
            MeanfieldTrainer.ofJob(workload, JOB, "train.batch-size=" + MnistWorkload.BATCH)) {
      SingleProcess dl4j = SingleProcess.ofImages(workload, meanfield.untrained());
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int turn = 0; turn <= turns; turn++) {
        double our = meanfield.timedEpoch();
        double their = dl4j.timedEpoch();
        System.err.printf("turn %d of %d, seconds: %.2f %.2f%n", turn, turns, our, their);
        if (turn > 0) {
          ours.add(our);
          theirs.add(their);
          ratios.add(our / their);
        }
      }
      System.out.printf(
          "%s, 60,000 digits, minibatches of %d                  s/epoch    ratio%n"
              + "one DL4J process, one math thread                       %9.2f     1.00%n"
              + "Meanfield, torch, local[2], 2 workers, sync every 50    %9.2f    %5.3f%n%n"
              + "medians of %d turns after one; %s%n",
          JOB,
          MnistWorkload.BATCH,
          Median.of(theirs),
          Median.of(ours),
          Median.of(ratios),
          turns,
          Machine.description());
    }
  }
}
