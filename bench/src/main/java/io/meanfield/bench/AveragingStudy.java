package io.meanfield.bench;

import io.meanfield.Mnist;
import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.Split;
import io.meanfield.evaluate.Score;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.train.AveragingInterval;
import io.meanfield.train.AveragingInterval.EveryEpoch;
import io.meanfield.train.AveragingInterval.EveryNBatches;
import io.meanfield.train.AveragingSettings;
import io.meanfield.train.DenseSyncPhase;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.OptimizerStatePolicy;
import io.meanfield.train.OuterOptimizer;
import io.meanfield.train.OuterOptimizer.Nesterov;
import io.meanfield.train.OuterOptimizer.None;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.TrainingState;
import io.meanfield.train.augment.Augmentation;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Accuracy on the 10,000 test digits after ten epochs on 42,000 others, against the frequency of
 * averages, for several numbers of workers and an equal total batch; and what the averaging
 * policies change. All workers share one task and meet in its memory, which is the same to the bit
 * as meeting through Spark, and takes less time.
 */
public final class AveragingStudy {
  private static final int EPOCHS = 10;
  private static final int TOTAL_BATCH = 128;
  private static final List<Integer> WORKERS = List.of(2, 4, 8, 16);
  private static final List<AveragingInterval> FREQUENCIES =
      List.of(
          new EveryNBatches(1),
          new EveryNBatches(5),
          new EveryNBatches(10),
          new EveryNBatches(50),
          new EveryEpoch());

  /** Where the policies are compared: how many workers, how often they meet. */
  private record Setting(int workers, AveragingInterval frequency) {
    @Override
    public String toString() {
      return workers + " workers, " + name(frequency);
    }
  }

  private static final List<Setting> SETTINGS =
      List.of(new Setting(4, new EveryNBatches(50)), new Setting(8, new EveryEpoch()));

  /** What the settings of an averaging policy are. */
  private record Policy(
      String name,
      OptimizerStatePolicy optimizerState,
      OuterOptimizer outer,
      DenseSyncPhase warmPhase) {}

  private static final Policy PLAIN =
      new Policy("plain averaging", OptimizerStatePolicy.AVERAGE, new None(), DenseSyncPhase.NONE);
  private static final List<Policy> POLICIES =
      List.of(
          PLAIN,
          new Policy(
              "optimizer-state = reset",
              OptimizerStatePolicy.RESET,
              new None(),
              DenseSyncPhase.NONE),
          nesterov(0.7, 0.9),
          nesterov(1, 0.5),
          new Policy(
              "warm phase: 2 epochs, every 10",
              OptimizerStatePolicy.AVERAGE,
              new None(),
              new DenseSyncPhase(2, new EveryNBatches(10))));

  private static Policy nesterov(double learningRate, double momentum) {
    return new Policy(
        String.format(
            Locale.ROOT, "nesterov, learning-rate %.1f, momentum %.1f", learningRate, momentum),
        OptimizerStatePolicy.AVERAGE,
        new Nesterov(learningRate, momentum),
        DenseSyncPhase.NONE);
  }

  private final Dataset digits;
  private final JavaRDD<ShardGroup> test;
  private final NetworkSettings network;
  private final AccuracyTable alone = new AccuracyTable("");
  private final AccuracyTable frequencies = new AccuracyTable("");
  private final AccuracyTable policies = new AccuracyTable("policy");

  private AveragingStudy(JavaSparkContext spark) {
    this.digits = Mnist.train().open(ReadContext.of(spark, 10));
    digits.blocks().cache();
    Dataset others = Mnist.test().open(ReadContext.of(spark, 10));
    this.test = new Sharding(others, Split.of(others.count(), 0, 2, 1), 1).training();
    this.network = NetworkSettings.read(SettingsTree.load(List.of(), List.of()).section("network"));
  }

  /** Takes the number of seeds, 1 unless said. */
  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("study")
            .set("spark.ui.enabled", "false")
            .set("spark.task.cpus", "2");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new AveragingStudy(spark).run(seeds);
    }
  }

  private void run(int seeds) {
    for (int seed = 1; seed <= seeds; seed++) {
      trainAlone(seed);
      for (int workers : WORKERS) {
        train(workers, seed);
      }
    }
    System.out.printf("accuracy in %% after %d epochs, total batch %d%n%n", EPOCHS, TOTAL_BATCH);
    alone.print(System.out);
    System.out.println();
    frequencies.print(System.out);
    System.out.println();
    policies.print(System.out);
    System.out.printf(
        "%nmean of %d seeds, and how far the farthest is from it; %s%n", seeds, Runtime.version());
  }

  private void trainAlone(int seed) {
    Shards shards = shards(1, seed);
    TrainSettings settings = settings(1, new EveryEpoch(), new EveryEpoch(), PLAIN);
    alone.add("1 worker", "nobody to meet", accuracy(settings, shards));
    shards.unpersist();
  }

  private void train(int workers, int seed) {
    Shards shards = shards(workers, seed);
    for (AveragingInterval frequency : FREQUENCIES) {
      // Everybody meets in memory as often, and once an epoch the task ends.
      TrainSettings settings = settings(workers, frequency, new EveryEpoch(), PLAIN);
      frequencies.add(workers + " workers", name(frequency), accuracy(settings, shards));
    }
    for (Setting setting : SETTINGS) {
      if (setting.workers() == workers) {
        POLICIES.forEach(policy -> compare(setting, policy, shards));
      }
    }
    shards.unpersist();
  }

  private void compare(Setting setting, Policy policy, Shards shards) {
    // Policies are for meetings between tasks: there is one task, and its end is the meeting.
    TrainSettings settings =
        settings(setting.workers(), new EveryEpoch(), setting.frequency(), policy);
    policies.add(policy.name(), setting.toString(), accuracy(settings, shards));
  }

  /** One seed's data of so many workers. */
  private record Shards(
      Split split, JavaRDD<ShardGroup> training, JavaRDD<ShardGroup> validation, int seed) {
    void unpersist() {
      training.unpersist();
      validation.unpersist();
    }
  }

  private Shards shards(int workers, int seed) {
    Split split = Split.of(digits.count(), 0.3, workers, seed);
    Sharding sharding = new Sharding(digits, split, workers);
    return new Shards(split, sharding.training(), sharding.validation(), seed);
  }

  private static TrainSettings settings(
      int workers, AveragingInterval inMemory, AveragingInterval throughSpark, Policy policy) {
    return new TrainSettings(
        EPOCHS,
        0,
        TOTAL_BATCH / workers,
        workers,
        workers,
        new AveragingSettings(
            inMemory, throughSpark, policy.warmPhase(), policy.optimizerState(), policy.outer()),
        EarlyStopping.OFF,
        Augmentation.OFF);
  }

  private double accuracy(TrainSettings settings, Shards shards) {
    long began = System.nanoTime();
    Model start = Model.untrained(network, shards.seed());
    EngineNetwork architecture = start.network();
    TrainingState trained =
        new Trainer(settings, shards.seed(), network::learningRate, List.of())
            .train(
                architecture,
                TrainingState.initial(start.state()),
                new TrainingData(
                    shards.split(), shards.training(), shards.validation(), ClassWeights.UNIFORM));
    double accuracy = Score.of(architecture, trained.learner(), test).accuracy().orElseThrow();
    System.err.printf(
        Locale.ROOT,
        "%5.1f s  %.2f %%  seed %d, %s%n",
        (System.nanoTime() - began) / 1e9,
        100 * accuracy,
        shards.seed(),
        settings);
    return accuracy;
  }

  private static String name(AveragingInterval frequency) {
    return frequency instanceof EveryNBatches every ? "every " + every.minibatches() : "epoch";
  }
}
