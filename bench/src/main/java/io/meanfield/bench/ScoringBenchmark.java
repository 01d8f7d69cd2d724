package io.meanfield.bench;

import com.sun.management.OperatingSystemMXBean;
import io.meanfield.ml.MeanfieldClassifier;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the rows a second of {@code transform}, of a Meanfield model and of Spark MLlib's
 * perceptron with the same layers, on the same cached table, in turns. All columns of the result
 * are computed and none is kept.
 */
public final class ScoringBenchmark {
  private static final int WARM_UP = 2;
  private static final int[] HIDDEN = {64, 32};
  private static final int CLASSES = 10;
  private static final List<String> MODELS = List.of("Meanfield", "Spark MLlib");

  private ScoringBenchmark() {}

  /** The times of a model, one for each turn. */
  private record Times(List<Double> seconds, List<Double> processorSeconds) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Takes the number of turns (default 5). */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    try (MnistWorkload workload = new MnistWorkload()) {
      SparkSession spark = SparkSession.builder().sparkContext(workload.spark().sc()).getOrCreate();
      System.out.printf(
          Locale.ROOT, "%-34s %12s %14s %16s%n", "", "rows/s", "ratio of times", "of processor");
      compare(spark, 784, 20_000, turns);
      compare(spark, 20, 400_000, turns);
    }
    System.out.printf(
        "%nmedians of %d turns; a ratio is MLlib's time divided by Meanfield's, processor: the time of"
            + " all threads; %s%n",
        turns, Machine.description());
  }

  private static void compare(SparkSession spark, int features, int rows, int turns) {
    Dataset<Row> table = table(spark, features, rows).cache();
    Dataset<Row> sample = table.limit(500);
    int[] layers = {features, HIDDEN[0], HIDDEN[1], CLASSES};
    List<Model<?>> models =
        List.of(
            new MeanfieldClassifier()
                .setIdCol("id")
                .setHiddenLayers(HIDDEN)
                .setMaxIter(1)
                .fit(sample),
            new MultilayerPerceptronClassifier().setLayers(layers).setMaxIter(1).fit(sample));
    List<Times> times = List.of(new Times(), new Times());
    for (int turn = -WARM_UP; turn < turns; turn++) {
      for (int i = 0; i < models.size(); i++) {
        int model = Math.floorMod(i + turn, models.size());
        Times found = turn < 0 ? new Times() : times.get(model);
        score(models.get(model), table, found);
      }
    }
    print(Arrays.toString(layers), rows, times);
    table.unpersist();
  }

  /** Returns rows of uniform numbers, as a user of Spark ML has them: a vector and a label. */
  private static Dataset<Row> table(SparkSession spark, int features, int rows) {
    Column[] numbers =
        IntStream.range(0, features)
            .mapToObj(org.apache.spark.sql.functions::rand)
            .toArray(Column[]::new);
    Column vector = functions.array_to_vector(org.apache.spark.sql.functions.array(numbers));
    return spark
        .range(0, rows, 1, MnistWorkload.WORKERS)
        .withColumn("features", vector)
        .withColumn("label", org.apache.spark.sql.functions.expr("cast(id % 10 as double)"));
  }

  private static void score(Model<?> model, Dataset<Row> table, Times times) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long processor = process.getProcessCpuTime();
    long began = System.nanoTime();
    model.transform(table).write().format("noop").mode("overwrite").save();
    times.seconds().add((System.nanoTime() - began) / 1e9);
    times.processorSeconds().add((process.getProcessCpuTime() - processor) / 1e9);
  }

  private static void print(String layers, int rows, List<Times> times) {
    double wall = ratio(times.get(1).seconds(), times.get(0).seconds());
    double processor = ratio(times.get(1).processorSeconds(), times.get(0).processorSeconds());
    System.out.printf(Locale.ROOT, "%-34s %12s %14.2f %16.2f%n", layers, "", wall, processor);
    for (int i = 0; i < MODELS.size(); i++) {
      double seconds = Median.of(times.get(i).seconds());
      System.out.printf(Locale.ROOT, "  %-32s %12.0f%n", MODELS.get(i), rows / seconds);
    }
  }

  private static double ratio(List<Double> numerator, List<Double> denominator) {
    return Median.of(
        IntStream.range(0, numerator.size())
            .mapToObj(turn -> numerator.get(turn) / denominator.get(turn))
            .toList());
  }
}
