package io.meanfield.bench;

import io.meanfield.dl4jspark.AveragingTrainingMaster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.spark.api.TrainingMaster;

/**
 * Compares the speed and accuracy of trainers of the lesson's network on MNIST: DL4J without Spark,
 * DL4J's own training master, Meanfield as DL4J's training master and by itself, and Spark MLlib.
 */
public final class TrainersBenchmark {
  private static final int WARM_UP = 3;

  private final MnistWorkload workload;
  private final int epochs;

  private TrainersBenchmark(MnistWorkload workload, int epochs) {
    this.workload = workload;
    this.epochs = epochs;
  }

  /** Takes the number of epochs and the number of seeds (default 30 and 3). */
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (MnistWorkload workload = new MnistWorkload()) {
      new TrainersBenchmark(workload, epochs).run(seeds);
    }
  }

  private void run(int seeds) {
    new Comparison(trainers(0)).run("warm-up", WARM_UP);
    Map<String, List<RunTimings>> timings = new LinkedHashMap<>();
    for (int seed = 1; seed <= seeds; seed++) {
      new Comparison(trainers(seed))
          .run("seed " + seed, epochs)
          .forEach((name, run) -> timings.computeIfAbsent(name, n -> new ArrayList<>()).add(run));
    }
    System.out.printf(
        "60,000 MNIST digits, 784-64-32-10, adam 0.001, minibatches of %d a worker, %d workers on"
            + " local[%d], %d epochs, seeds 1 to %d%n%s%n%n",
        MnistWorkload.BATCH,
        MnistWorkload.WORKERS,
        MnistWorkload.WORKERS,
        epochs,
        seeds,
        Machine.description());
    new TrainersTable(timings, Dl4jSpark.FASTEST_NAME).print();
  }

  private List<TimedTrainer> trainers(long seed) {
    return List.of(
        new SingleProcess(workload, seed),
        dl4jSpark("DL4J's master, its defaults, every 5", seed, Dl4jSpark.dl4jMaster(seed).build()),
        dl4jSpark(Dl4jSpark.FASTEST_NAME, seed, Dl4jSpark.fastest(seed).build()),
        dl4jSpark(
            "  the same, with saveUpdater",
            seed,
            Dl4jSpark.fastest(seed).saveUpdater(true).build()),
        dl4jSpark("Meanfield as DL4J's master, every 10", seed, meanfieldMaster(10)),
        dl4jSpark("Meanfield as DL4J's master, every 50", seed, meanfieldMaster(50)),
        new MeanfieldTrainer(workload, 10, seed, List.of()),
        new MeanfieldTrainer(workload, 50, seed, List.of()),
        new Perceptron(workload, seed));
  }

  private TimedTrainer dl4jSpark(String name, long seed, TrainingMaster<?, ?> master) {
    return new Dl4jSpark(name, workload, seed, master);
  }

  private static TrainingMaster<?, ?> meanfieldMaster(int averagingFrequency) {
    return new AveragingTrainingMaster.Builder()
        .workers(MnistWorkload.WORKERS)
        .batchSizePerWorker(MnistWorkload.BATCH)
        .averagingFrequency(averagingFrequency)
        .build();
  }
}
