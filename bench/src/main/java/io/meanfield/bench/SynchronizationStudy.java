package io.meanfield.bench;

import io.meanfield.network.Engine;
import io.meanfield.train.history.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the test accuracy of a constant period with the quadratic synchronization rule:
 * 784-1024-1024-10, augmented digits, a cosine schedule, two workers with minibatches of 64. All
 * start from the same weights, seed by seed, and differences are paired.
 */
public final class SynchronizationStudy {
  private static final int STEPS = 469; // of an epoch: 30,000 digits a worker
  private static final Map<String, String> FREQUENCIES =
      Map.of("every 10", "10", "qsr 0.0035", "{ qsr = 0.0035, at-least = 10 }");
  private static final String BASELINE = "every 10";

  private final MnistWorkload workload;
  private final int epochs;
  // Accuracies by frequency, in the order of the seeds.
  private final Map<String, List<Double>> accuracies = new LinkedHashMap<>();
  private final Map<String, Integer> rounds = new LinkedHashMap<>();

  private SynchronizationStudy(MnistWorkload workload, int epochs) {
    this.workload = workload;
    this.epochs = epochs;
  }

  /** Takes the number of seeds and of epochs (default 5 and 30). */
  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    try (MnistWorkload workload = new MnistWorkload()) {
      SynchronizationStudy study = new SynchronizationStudy(workload, epochs);
      for (int seed = 1; seed <= seeds; seed++) {
        for (String frequency : FREQUENCIES.keySet().stream().sorted().toList()) {
          study.train(seed, frequency);
        }
      }
      study.print(seeds);
    }
  }

  private void train(int seed, String frequency) {
    RoundCount count = new RoundCount();
    try (MeanfieldTrainer trainer =
        new MeanfieldTrainer(
            frequency, workload, seed, Engine.TORCH, List.of(count), settings(frequency))) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        trainer.epoch();
      }
      double accuracy = trainer.accuracy();
      accuracies.computeIfAbsent(frequency, name -> new ArrayList<>()).add(accuracy);
      System.err.printf("seed %d, %s: %.2f %%%n", seed, frequency, 100 * accuracy);
    }
    rounds.put(frequency, count.rounds);
  }

  private List<String> settings(String frequency) {
    return List.of(
        "network.layers = [{ dense = 1024, activation = relu }, { dense = 1024, activation = relu"
            + " }, { dense = 10, activation = softmax }]",
        "network.optimizer.schedule { name = cosine, decay-steps = " + epochs * STEPS + " }",
        "train.augment { shift = 2, rotate = 10, zoom = 0.1 }",
        "train.batch-size = 64",
        "train.sync-frequency = " + FREQUENCIES.get(frequency));
  }

  private void print(int seeds) {
    AccuracyTable table = new AccuracyTable("sync-frequency");
    accuracies.forEach(
        (frequency, values) ->
            values.forEach(accuracy -> table.add(frequency, "last weights", accuracy)));
    System.out.printf(
        "test accuracy in %% after %d epochs, %d seeds, 784-1024-1024-10, augmented, cosine%n%n",
        epochs, seeds);
    table.print(System.out);
    List<Double> baseline = accuracies.get(BASELINE);
    System.out.printf(
        "%nrounds %s%n%ndifference from %s in points, paired, 95 %% interval%n", rounds, BASELINE);
    accuracies.forEach(
        (name, values) ->
            System.out.printf("%-28s %s%n", name, PairedDifference.of(values, baseline)));
    System.out.printf("%n%s%n", Machine.description());
  }

  /** Counts the rounds of a training. */
  private static final class RoundCount implements TrainingListener {
    private int rounds;

    @Override
    public void epochBegan(int epoch, int planned) {
      rounds += planned;
    }
  }
}
