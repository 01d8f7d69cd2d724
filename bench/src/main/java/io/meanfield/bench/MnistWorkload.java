package io.meanfield.bench;

import io.meanfield.Digits;
import io.meanfield.Mnist;
import io.meanfield.data.Dataset;
import io.meanfield.data.ReadContext;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.Split;
import io.meanfield.engine.dl4j.Dl4jNetwork;
import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.engine.dl4j.NativeThreads;
import io.meanfield.network.Model;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.train.TrainSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What all contenders have to do: 60,000 real digits, the network and optimizer of
 * conf/defaults.conf, minibatches of 128 a worker, local[2]. Driver only.
 */
final class MnistWorkload implements AutoCloseable {
  static final int BATCH = 128;
  static final int WORKERS = 2;
  static final int EXAMPLES = 60_000;
  private static final int TEST_EXAMPLES = 10_000;
  // Whole minibatches, as near to the middle as can be.
  private static final int MIDDLE = (EXAMPLES / BATCH + 1) / 2 * BATCH;

  private final JavaSparkContext spark;
  private final Digits testDigits = Digits.test();
  private final DataSet test = testDigits.range(0, TEST_EXAMPLES);

  /** Spark with these settings besides, {@code key=value}. */
  MnistWorkload(String... sparkSettings) {
    NativeThreads.useSingle();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + WORKERS + "]")
            .setAppName("bench")
            .set("spark.ui.enabled", "false")
            // DL4J's master exports its data to there.
            .set(
                "spark.hadoop.hadoop.tmp.dir",
                Path.of("bench/target/spark").toAbsolutePath().toString());
    for (String setting : sparkSettings) {
      String[] keyAndValue = setting.split("=", 2);
      conf.set(keyAndValue[0], keyAndValue[1]);
    }
    this.spark = new JavaSparkContext(conf);
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Settings of a job with two workers and these assignments besides. */
  static JobSettings settings(String... assignments) {
    return settings(List.of(), assignments);
  }

  /** Likewise, over a job's files. */
  static JobSettings settings(List<Path> files, String... assignments) {
    return JobSettings.load(
        files,
        Stream.concat(
                Stream.of("train.batch-size=" + BATCH, "train.workers=" + WORKERS),
                Stream.of(assignments))
            .toList());
  }

  /** The network as {@code seed} draws it; every contender but MLlib's starts from there. */
  static Model untrained(long seed) {
    return Model.untrained(settings().network(), seed);
  }

  /** The same as DL4J has it. */
  static MultiLayerNetwork network(long seed) {
    return network(untrained(seed));
  }

  static MultiLayerNetwork network(Model untrained) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(Dl4jNetwork.configuration(untrained.network().network()));
    network.init();
    new Dl4jStateAdapter(network).restore(untrained.state());
    return network;
  }

  static Split split(long seed, int copies, TrainSettings settings) {
    return Split.of((long) copies * EXAMPLES, 0, settings.workers(), seed);
  }

  /** Shards of a data set that holds every digit {@code copies} times. */
  JavaRDD<ShardGroup> shards(long seed, int copies, TrainSettings settings) {
    Dataset digits = Mnist.repeated(copies).open(ReadContext.of(spark, 10));
    return new Sharding(digits, split(seed, copies, settings), settings.workersPerTask())
        .training();
  }

  /** The training digits as a user of DL4J Spark has them: in minibatches, two partitions. */
  JavaRDD<DataSet> dataSets() {
    return halves().flatMap(h -> Digits.train().cut(first(h), first(h + 1), BATCH).iterator());
  }

  /**
   * One element for every half of the digits: what is in a parallelised collection would travel
   * with every task.
   */
  JavaRDD<Integer> halves() {
    return spark.parallelize(List.of(0, 1), WORKERS);
  }

  /** Where half {@code half} begins; the end of the digits for the one behind the last. */
  static int first(int half) {
    return half == 0 ? 0 : half == 1 ? MIDDLE : EXAMPLES;
  }

  double accuracy(MultiLayerNetwork network) {
    int[] classes = network.output(test.getFeatures()).argMax(1).toIntVector();
    return accuracy(digit -> classes[digit]);
  }

  /** The share of the test digits whose {@code predicted} class is theirs. */
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
