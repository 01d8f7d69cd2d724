package io.meanfield.bench;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.evaluate.Score;
import io.meanfield.evaluate.Temperatures;
import io.meanfield.fixture.Mnist;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.train.AveragingSettings;
import io.meanfield.train.Calibration;
import io.meanfield.train.OuterOptimizer;
import io.meanfield.train.OuterOptimizer.Nesterov;
import io.meanfield.train.OuterOptimizer.None;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.augment.Augmentation;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.TrainingState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures the accuracy on the 10,000 test digits after ten epochs on 42,000 training digits, for
 * several averaging intervals and numbers of workers with an equal total batch, and for several
 * averaging policies. All workers share one task and are averaged in its memory, which is
 * bit-identical to averaging through Spark and takes less time.
 */
public final class AveragingStudy {
  private static final int EPOCHS = 10;
  private static final int TOTAL_BATCH = 128;
  private static final String WORKERS = "2,4,8,16";
  private static final String INTERVALS = "1,5,10,50,epoch";

  /** The number of workers and the averaging interval for which policies are compared. */
  private record Scenario(int workers, int interval) {
    @Override
    public String toString() {
      return workers + " workers, " + label(interval);
    }
  }

  private static final List<Scenario> SCENARIOS =
      List.of(new Scenario(4, 50), new Scenario(8, AveragingSettings.EPOCH));

  /** The settings of an averaging policy. */
  private record Policy(String name, OuterOptimizer outer) {}

  private static final Policy PLAIN = new Policy("plain averaging", new None());
  private static final List<Policy> POLICIES = List.of(PLAIN, nesterov(0.7, 0.9), nesterov(1, 0.5));

  private static Policy nesterov(double learningRate, double momentum) {
    return new Policy(
        String.format(
            Locale.ROOT, "nesterov, learning-rate %.1f, momentum %.1f", learningRate, momentum),
        new Nesterov(learningRate, momentum));
  }

  private final List<Integer> lengths; // of intervals, in minibatches
  private final Dataset digits;
  private final JavaRDD<ShardGroup> testShards;
  private final NetworkSettings network;
  private final AccuracyTable withoutAveraging = new AccuracyTable("");
  private final AccuracyTable intervals = new AccuracyTable("");
  private final AccuracyTable policies = new AccuracyTable("policy");

  private AveragingStudy(JavaSparkContext spark, List<Integer> lengths) {
    this.lengths = lengths;
    this.digits = Mnist.train().open(ReadContext.of(spark, 10));
    digits.blocks().cache();
    Dataset testDigits = Mnist.test().open(ReadContext.of(spark, 10));
    this.testShards =
        TestSharding.of(testDigits, Split.of(testDigits.count(), 0, 2, 1), 1).training();
    this.network =
        JobSettings.load(
                List.of(new LocalSettingsFile(Path.of("jobs/mnist-train.conf"))), List.of())
            .network();
  }

  /**
   * Takes the number of seeds (default 1), the numbers of workers, and those of minibatches between
   * averages or {@code epoch}, separated by commas.
   */
  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    List<Integer> workers = numbers(args.length > 1 ? args[1] : WORKERS);
    List<Integer> intervals = numbers(args.length > 2 ? args[2] : INTERVALS);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("study")
            .set("spark.ui.enabled", "false")
            .set("spark.task.cpus", "2");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new AveragingStudy(spark, intervals).run(seeds, workers);
    }
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(","))
        .map(number -> number.equals("epoch") ? AveragingSettings.EPOCH : Integer.parseInt(number))
        .toList();
  }

  private void run(int seeds, List<Integer> numbers) {
    for (int seed = 1; seed <= seeds; seed++) {
      trainOneWorker(seed);
      for (int workers : numbers) {
        train(workers, seed);
      }
    }
    System.out.printf("accuracy in %% after %d epochs, total batch %d%n%n", EPOCHS, TOTAL_BATCH);
    withoutAveraging.print(System.out);
    System.out.println();
    intervals.print(System.out);
    System.out.println();
    policies.print(System.out);
    System.out.printf(
        "%nmean of %d seeds ± largest deviation from it; %s%n", seeds, Runtime.version());
  }

  private void trainOneWorker(int seed) {
    Shards shards = shards(1, seed);
    TrainSettings settings = settings(1, AveragingSettings.EPOCH, AveragingSettings.EPOCH, PLAIN);
    withoutAveraging.add("1 worker", "no averaging", accuracy(settings, shards));
    shards.unpersist();
  }

  private void train(int workers, int seed) {
    Shards shards = shards(workers, seed);
    for (int interval : lengths) {
      // Averages in memory at this interval; the task ends once per epoch.
      TrainSettings settings = settings(workers, interval, AveragingSettings.EPOCH, PLAIN);
      intervals.add(workers + " workers", label(interval), accuracy(settings, shards));
    }
    for (Scenario scenario : SCENARIOS) {
      if (scenario.workers() == workers) {
        POLICIES.forEach(policy -> compare(scenario, policy, shards));
      }
    }
    shards.unpersist();
  }

  private void compare(Scenario scenario, Policy policy, Shards shards) {
    // Policies apply to averages between tasks: here there is one task, and its end is an average.
    TrainSettings settings =
        settings(scenario.workers(), AveragingSettings.EPOCH, scenario.interval(), policy);
    policies.add(policy.name(), scenario.toString(), accuracy(settings, shards));
  }

  /** The shards of one seed for one number of workers. */
  private record Shards(
      Split split, JavaRDD<ShardGroup> training, JavaRDD<ShardGroup> validation, int seed) {
    void unpersist() {
      training.unpersist();
      validation.unpersist();
    }
  }

  private Shards shards(int workers, int seed) {
    Split split = Split.of(digits.count(), 0.3, workers, seed);
    Sharding sharding = TestSharding.of(digits, split, workers);
    return new Shards(split, sharding.training(), sharding.validation(), seed);
  }

  private static TrainSettings settings(
      int workers, int inMemory, int throughSpark, Policy policy) {
    return new TrainSettings(
        EPOCHS,
        TOTAL_BATCH / workers,
        workers,
        1,
        1,
        Calibration.NONE,
        List.of(),
        workers,
        new AveragingSettings(inMemory, throughSpark, policy.outer()),
        EarlyStopping.OFF,
        Augmentation.OFF);
  }

  private double accuracy(TrainSettings settings, Shards shards) {
    long beganNanos = System.nanoTime();
    Model start = Model.untrained(network, shards.seed());
    EngineNetwork engineNetwork = start.network();
    TrainingState trained =
        new Trainer(settings, shards.seed(), List.of())
            .train(
                engineNetwork,
                TrainingState.initial(start.state()),
                new TrainingData(
                    shards.split(),
                    shards.training(),
                    shards.validation(),
                    ClassWeights.UNIFORM,
                    Placement.TASK_FOR_EACH_GROUP));
    double accuracy =
        Score.of(engineNetwork, trained.learner(), Temperatures.ONE, testShards)
            .accuracy()
            .orElseThrow();
    System.err.printf(
        Locale.ROOT,
        "%5.1f s  %.2f %%  seed %d, %s%n",
        (System.nanoTime() - beganNanos) / 1e9,
        100 * accuracy,
        shards.seed(),
        settings);
    return accuracy;
  }

  private static String label(int interval) {
    return interval == AveragingSettings.EPOCH ? "epoch" : "every " + interval;
  }
}
