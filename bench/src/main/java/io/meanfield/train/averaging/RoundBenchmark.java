package io.meanfield.train.averaging;

import com.sun.management.OperatingSystemMXBean;
import io.meanfield.network.LearnerState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures what a round costs besides computing: its tasks return a copy of the state with Adam's
 * moments. Averages on the driver and on the executors run in turns, with broadcasts that Spark
 * compresses and with plain ones: {@code dev/bench rounds}.
 */
public final class RoundBenchmark {
  private static final int WARM_UP = 3;
  private static final long ALWAYS_ON_DRIVER = Long.MAX_VALUE;
  private static final long ALWAYS_ON_EXECUTORS = 0;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final LearnerState state;
  private final int turns;

  private RoundBenchmark(int weights, int turns) {
    this.state = new LearnerState(numbers(weights), numbers(2 * weights), 1, 1);
    this.turns = turns;
  }

  private static float[] numbers(int count) {
    Random random = new Random(1);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (0.05 * random.nextGaussian());
    }
    return numbers;
  }

  /** Takes the number of turns and of weights (default 20 and 1,863,690: 784-1024-1024-10). */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int weights = args.length > 1 ? Integer.parseInt(args[1]) : 1_863_690;
    RoundBenchmark benchmark = new RoundBenchmark(weights, turns);
    System.out.printf(
        "%-12s %-7s %-10s %9s %9s %9s%n",
        "broadcast", "shards", "average", "min ms", "median ms", "cpu ms");
    for (String compress : List.of("true", "false")) {
      try (JavaSparkContext spark = context(compress)) {
        for (int shards : List.of(2, 4)) {
          benchmark.run(spark, compress, shards);
        }
      }
    }
    System.out.printf(
        "%d weights with two moments each, local[2], %d turns; cpu: the process, minimum%n",
        weights, turns);
  }

  private static JavaSparkContext context(String compress) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("rounds")
            .set("spark.ui.enabled", "false")
            .set("spark.broadcast.compress", compress));
  }

  private void run(JavaSparkContext spark, String compress, int count) {
    JavaRDD<Integer> shards = spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
    Times onDriver = new Times();
    Times onExecutors = new Times();
    for (int turn = -WARM_UP; turn < turns; turn++) {
      time(shards, ALWAYS_ON_DRIVER, turn < 0 ? new Times() : onDriver);
      time(shards, ALWAYS_ON_EXECUTORS, turn < 0 ? new Times() : onExecutors);
    }
    String broadcast = "true".equals(compress) ? "compressed" : "plain";
    onDriver.print(broadcast, count, "driver");
    onExecutors.print(broadcast, count, "executors");
  }

  private void time(JavaRDD<Integer> shards, long driverBytes, Times times) {
    long beganNanos = System.nanoTime();
    long cpuNanos = PROCESS.getProcessCpuTime();
    var averaged =
        AveragingRound.run(
            shards,
            state,
            WeightedAverage.NONE,
            (shard, start) ->
                new RoundFunction.RoundOutput<>(new WeightedState(copy(start), 128), shard),
            driverBytes);
    times.millis.add((System.nanoTime() - beganNanos) / 1e6);
    times.cpuMillis.add((PROCESS.getProcessCpuTime() - cpuNanos) / 1e6);
    if (averaged.mean().orElseThrow().weights()[0] != state.weights()[0]) {
      throw new IllegalStateException("the mean of equal states is another state");
    }
  }

  private static LearnerState copy(LearnerState start) {
    return new LearnerState(start.weights().clone(), start.optimizerState().clone(), 1, 1);
  }

  /** The times of the rounds of one kind. */
  private static final class Times {
    private final List<Double> millis = new ArrayList<>();
    private final List<Double> cpuMillis = new ArrayList<>();

    void print(String broadcast, int shards, String average) {
      List<Double> sorted = millis.stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%-12s %-7d %-10s %9.1f %9.1f %9.1f%n",
          broadcast,
          shards,
          average,
          sorted.get(0),
          sorted.get(sorted.size() / 2),
          cpuMillis.stream().mapToDouble(Double::doubleValue).min().orElseThrow());
    }
  }
}
