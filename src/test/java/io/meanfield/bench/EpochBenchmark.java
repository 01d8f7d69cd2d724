package io.meanfield.bench;

import io.meanfield.data.DataSettings;
import io.meanfield.data.Dataset;
import io.meanfield.data.ShardGroup;
import io.meanfield.data.Sharding;
import io.meanfield.data.Split;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.train.EpochResult;
import io.meanfield.train.TimeSpent;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Seconds for an epoch of the 60,000 MNIST digits with the lesson's network, minibatches of 128:
 * one DL4J process with one math thread, and Meanfield on local[2] with two workers. The
 * contestants take turns, so that a machine that drifts drifts under all of them; the ratios are
 * medians of the turns' ratios.
 */
public final class EpochBenchmark {
  private static final int BATCH = 128;
  private static final int WORKERS = 2;
  private static final int WARM_UP = 3;

  private final JavaSparkContext spark;
  private final Model untrained;
  private final Split split;
  private final JavaRDD<ShardGroup> shards;
  private final List<DataSet> minibatches;

  private EpochBenchmark(JavaSparkContext spark, String folder) {
    this.spark = spark;
    DataSettings.Source source =
        new DataSettings.Source(
            folder + "/train-images-idx3-ubyte",
            java.util.Optional.of(folder + "/train-labels-idx1-ubyte"));
    Dataset digits = Dataset.open(spark, source, 10);
    this.split = Split.of(digits.count(), 0, WORKERS, 1);
    this.shards = new Sharding(digits, split, 1).training();
    this.untrained =
        Model.untrained(
            NetworkSettings.read(SettingsTree.load(List.of(), List.of()).section("network")), 1);
    this.minibatches = minibatches(shards.collect());
  }

  public static void main(String[] args) {
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("bench").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new EpochBenchmark(spark, args[0]).run(turns);
    }
  }

  private void run(int turns) {
    double[] dl4j = new double[turns];
    double[] every10 = new double[turns];
    double[] every50 = new double[turns];
    List<Double> roundCosts = new ArrayList<>();
    List<Double> emptyJobs = new ArrayList<>();
    MultiLayerNetwork net = network();
    for (int turn = -WARM_UP; turn < turns; turn++) {
      int slot = Math.max(turn, 0); // what a warm-up leaves is overwritten
      dl4j[slot] = dl4jEpoch(net);
      List<Double> costs = new ArrayList<>();
      every10[slot] = meanfieldEpoch(10, costs);
      every50[slot] = meanfieldEpoch(50, new ArrayList<>());
      List<Double> empty = emptyJobs(costs.size());
      if (turn >= 0) {
        roundCosts.addAll(costs);
        emptyJobs.addAll(empty);
      }
    }
    System.out.printf(
        "%-58s %8s %8s%n",
        "60,000 digits, 784-64-32-10, adam, minibatches of 128", "s/epoch", "ratio");
    row("one DL4J process, one math thread", dl4j, dl4j);
    row("Meanfield, local[2], 2 workers, sync every 10", every10, dl4j);
    row("Meanfield, local[2], 2 workers, sync every 50", every50, dl4j);
    double cost = median(roundCosts.stream().mapToDouble(d -> d).toArray());
    double empty = median(emptyJobs.stream().mapToDouble(d -> d).toArray());
    System.out.printf(
        "%n%-58s %8s %8s%n", "52,650 weights with Adam's moments, local[2]", "ms", "ratio");
    line("empty Spark job of two tasks that carries the same bytes", empty, 1);
    line("Meanfield's round without the longest task's computing", cost, cost / empty);
    System.out.printf(
        "%nmedians of %d turns, %d rounds; %s%n", turns, roundCosts.size(), Runtime.version());
  }

  private double dl4jEpoch(MultiLayerNetwork net) {
    long began = System.nanoTime();
    minibatches.forEach(net::fit);
    return (System.nanoTime() - began) / 1e9;
  }

  private double meanfieldEpoch(int syncFrequency, List<Double> roundCosts) {
    TrainSettings settings =
        new TrainSettings(
            1, BATCH, WORKERS, 1, 10, syncFrequency, TrainSettings.OptimizerState.AVERAGE);
    double[] seconds = new double[1];
    TrainingListener watch =
        new TrainingListener() {
          @Override
          public void timeSpent(TimeSpent time) {
            roundCosts.add(time.synchronising().toNanos() / 1e6);
          }

          @Override
          public void epochEnded(EpochResult epoch, TrainingState state) {
            seconds[0] = epoch.seconds();
          }
        };
    new Trainer(settings, 1, iteration -> 0.001, List.of(watch))
        .train(
            untrained.architecture(),
            TrainingState.atRest(untrained.state()),
            split,
            shards,
            spark.emptyRDD());
    return seconds[0];
  }

  /**
   * Milliseconds of jobs that take a state to two tasks and bring two states back, and do nothing
   * else.
   */
  private List<Double> emptyJobs(int count) {
    JavaRDD<Integer> tasks = spark.parallelize(List.of(0, 1), WORKERS);
    float[] weights = untrained.state().weights();
    LearnerState state = new LearnerState(weights, new float[2 * weights.length], 0, 0);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      Broadcast<LearnerState> sent = spark.broadcast(state);
      List<LearnerState> back = tasks.map(task -> sent.value()).collect();
      sent.destroy();
      millis.add((System.nanoTime() - began) / 1e6);
      if (back.size() != WORKERS) {
        throw new IllegalStateException("expected " + WORKERS + " states, found " + back.size());
      }
    }
    return millis;
  }

  private MultiLayerNetwork network() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            MultiLayerConfiguration.fromJson(untrained.architecture().configuration()));
    net.init();
    return net;
  }

  private static List<DataSet> minibatches(List<ShardGroup> groups) {
    List<DataSet> minibatches = new ArrayList<>();
    for (ShardGroup group : groups) {
      var examples = group.shards().get(0).examples();
      for (int first = 0; first < examples.count(); first += BATCH) {
        int size = Math.min(BATCH, examples.count() - first);
        float[] features = new float[size * examples.width()];
        float[] labels = new float[size * 10];
        for (int row = 0; row < size; row++) {
          examples.scale(first + row, features, row * examples.width());
          labels[row * 10 + examples.label(first + row)] = 1;
        }
        minibatches.add(
            new DataSet(
                Nd4j.create(features, new int[] {size, examples.width()}, 'c'),
                Nd4j.create(labels, new int[] {size, 10}, 'c')));
      }
    }
    return minibatches;
  }

  private static void row(String name, double[] seconds, double[] yardstick) {
    double[] ratios = new double[seconds.length];
    Arrays.setAll(ratios, i -> seconds[i] / yardstick[i]);
    line(name, median(seconds), median(ratios));
  }

  private static void line(String name, double value, double ratio) {
    System.out.printf(Locale.ROOT, "%-58s %8.3f %8.2f%n", name, value, ratio);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
