package io.meanfield.bench;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.engine.dl4j.Dl4jNetwork;
import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.engine.dl4j.NativeThreads;
import io.meanfield.fixture.Digits;
import io.meanfield.fixture.Mnist;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.settings.SettingsFile;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The workload of all trainers: the 60,000 MNIST digits, the network and optimizer of
 * conf/defaults.conf, minibatches of 128 a worker, local[2]. Driver only.
 */
final class MnistWorkload implements AutoCloseable {
  static final int BATCH = 128;
  static final int WORKERS = 2;
  static final int EXAMPLES = 60_000;
  private static final int TEST_EXAMPLES = 10_000;
  // The number of digits in the first half: a multiple of the batch size, close to the middle.
  private static final int MIDDLE = (EXAMPLES / BATCH + 1) / 2 * BATCH;

  private final JavaSparkContext spark;
  private final Digits testDigits = Digits.test();
  private final DataSet test = testDigits.range(0, TEST_EXAMPLES);
  private final JavaRDD<ShardGroup> testShards;

  /** Starts Spark with these additional settings, {@code key=value}. */
  MnistWorkload(String... sparkSettings) {
    NativeThreads.useSingle();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + WORKERS + "]")
            .setAppName("bench")
            .set("spark.ui.enabled", "false")
            // The directory to which DL4J's master exports its data.
            .set(
                "spark.hadoop.hadoop.tmp.dir",
                Path.of("bench/target/spark").toAbsolutePath().toString());
    for (String setting : sparkSettings) {
      String[] keyAndValue = setting.split("=", 2);
      conf.set(keyAndValue[0], keyAndValue[1]);
    }
    this.spark = new JavaSparkContext(conf);
    this.testShards =
        TestSharding.of(
                Mnist.test().open(ReadContext.of(spark, 10)),
                Split.of(TEST_EXAMPLES, 0, WORKERS, 1),
                1)
            .training();
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Returns the settings of a job with two workers and these assignments. */
  static JobSettings settings(String... assignments) {
    return settings(List.of(), assignments);
  }

  /**
   * Returns the settings of these files, with two workers and these assignments. Without files the
   * network is that of conf/defaults.conf, whose input is a row of 784 pixels.
   */
  static JobSettings settings(List<Path> files, String... assignments) {
    Stream<String> input = files.isEmpty() ? Stream.of("network.input=[784]") : Stream.empty();
    Stream<String> workers = Stream.of("train.batch-size=" + BATCH, "train.workers=" + WORKERS);
    return JobSettings.load(
        files.stream().<SettingsFile>map(LocalSettingsFile::new).toList(),
        Stream.of(input, workers, Stream.of(assignments)).flatMap(Function.identity()).toList());
  }

  /**
   * Returns the network with the initial weights of {@code seed}, from which all trainers except
   * MLlib's and DJL's start.
   */
  static Model untrained(long seed) {
    return Model.untrained(settings().network(), seed);
  }

  /** Returns the network of {@link #untrained} as a DL4J network. */
  static MultiLayerNetwork network(long seed) {
    return network(untrained(seed));
  }

  /** Returns an untrained model as a DL4J network. */
  static MultiLayerNetwork network(Model untrained) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(Dl4jNetwork.configuration(untrained.network().settings()));
    network.init();
    new Dl4jStateAdapter(network).restore(untrained.state());
    return network;
  }

  static Split split(long seed, int copies, TrainSettings settings) {
    return Split.of((long) copies * EXAMPLES, 0, settings.workers(), seed);
  }

  /** Returns shards of a data set that contains every digit {@code copies} times. */
  JavaRDD<ShardGroup> shards(long seed, int copies, TrainSettings settings) {
    Dataset digits = Mnist.repeated(copies).open(ReadContext.of(spark, 10));
    return TestSharding.of(
            digits, split(seed, copies, settings), placement(settings).shardsPerGroup(settings))
        .training();
  }

  /** Returns where the workers run: as {@code train} chooses on this local master. */
  static Placement placement(TrainSettings settings) {
    return settings.workersPerTask() == 0
        ? new Placement(Math.min(settings.workers(), WORKERS))
        : Placement.TASK_FOR_EACH_GROUP;
  }

  /** Returns the test digits in one shard for each worker. */
  JavaRDD<ShardGroup> testShards() {
    return testShards;
  }

  /**
   * Returns the training digits as a user of DL4J Spark has them: minibatches in two partitions.
   */
  JavaRDD<DataSet> dataSets() {
    return halves()
        .flatMap(half -> Digits.train().cut(first(half), first(half + 1), BATCH).iterator());
  }

  /**
   * Returns the number of each half of the digits, 0 and 1. Tasks read the digits themselves,
   * because Spark sends the elements of a parallelised collection with every task.
   */
  JavaRDD<Integer> halves() {
    return spark.parallelize(List.of(0, 1), WORKERS);
  }

  /** Returns the index of the first digit of a half; the number of digits for half 2. */
  static int first(int half) {
    return half == 0 ? 0 : half == 1 ? MIDDLE : EXAMPLES;
  }

  double accuracy(MultiLayerNetwork network) {
    int[] classes = network.output(test.getFeatures()).argMax(1).toIntVector();
    return accuracy(digit -> classes[digit]);
  }

  /** Returns the share of the test digits whose predicted class is correct. */
  double accuracy(IntUnaryOperator predicted) {
    return IntStream.range(0, TEST_EXAMPLES)
            .filter(digit -> predicted.applyAsInt(digit) == testDigits.label(digit))
            .count()
        / (double) TEST_EXAMPLES;
  }

  Digits testDigits() {
    return testDigits;
  }

  @Override
  public void close() {
    spark.close();
  }
}
