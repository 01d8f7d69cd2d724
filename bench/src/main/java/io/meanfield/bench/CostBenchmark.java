package io.meanfield.bench;

import io.meanfield.network.LearnerState;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures the cost of Spark: seconds for an epoch of Meanfield and of one DL4J process with one
 * math thread, and milliseconds for a round without its computing and for an empty Spark job. All
 * run in turns; the ratio of two epochs is the median of the turns' ratios.
 */
public final class CostBenchmark {
  private static final int WARM_UP = 3;
  private static final long SEED = 1;

  private final MnistWorkload workload;
  private final int turns;
  private final List<Double> roundMillis = new ArrayList<>();
  private final List<Double> emptyJobMillis = new ArrayList<>();
  private final List<Double> dl4jSeconds = new ArrayList<>();
  private final List<Double> every10Seconds = new ArrayList<>();
  private final List<Double> every50Seconds = new ArrayList<>();

  private CostBenchmark(MnistWorkload workload, int turns) {
    this.workload = workload;
    this.turns = turns;
  }

  /** Takes the number of turns (default 9). */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    try (MnistWorkload workload = new MnistWorkload()) {
      CostBenchmark benchmark = new CostBenchmark(workload, turns);
      benchmark.measure();
      benchmark.print();
    }
  }

  private void measure() {
    TrainingListener roundTimer =
        new TrainingListener() {
          @Override
          public void timeSpent(TimeBreakdown time) {
            roundMillis.add(time.synchronising().toNanos() / 1e6);
          }
        };
    try (SingleProcess process = new SingleProcess(workload, SEED);
        MeanfieldTrainer syncEvery10 =
            new MeanfieldTrainer(workload, 10, SEED, List.of(roundTimer));
        MeanfieldTrainer syncEvery50 = new MeanfieldTrainer(workload, 50, SEED, List.of())) {
      for (int turn = -WARM_UP; turn < turns; turn++) {
        if (turn == 0) {
          List.of(dl4jSeconds, every10Seconds, every50Seconds, roundMillis, emptyJobMillis)
              .forEach(List::clear);
        }
        dl4jSeconds.add(process.timedEpoch());
        every10Seconds.add(syncEvery10.timedEpoch());
        every50Seconds.add(syncEvery50.timedEpoch());
        runEmptyJobs(roundMillis.size() - emptyJobMillis.size());
      }
    }
  }

  /** Runs Spark jobs that only send a state to two tasks and return two states. */
  private void runEmptyJobs(int count) {
    JavaRDD<Integer> tasks = workload.spark().parallelize(List.of(0, 1), MnistWorkload.WORKERS);
    float[] weights = MnistWorkload.untrained(SEED).state().weights();
    LearnerState state = new LearnerState(weights, new float[2 * weights.length], 0, 0);
    for (int i = 0; i < count; i++) {
      long beganNanos = System.nanoTime();
      Broadcast<LearnerState> broadcast = workload.spark().broadcast(state);
      List<LearnerState> states = tasks.map(task -> broadcast.value()).collect();
      broadcast.destroy();
      emptyJobMillis.add((System.nanoTime() - beganNanos) / 1e6);
      if (states.size() != MnistWorkload.WORKERS) {
        throw new IllegalStateException(
            "expected " + MnistWorkload.WORKERS + " states, found " + states.size());
      }
    }
  }

  private void print() {
    title("60,000 digits, 784-64-32-10, adam, minibatches of 128", "s/epoch");
    epochRow(SingleProcess.NAME, dl4jSeconds);
    epochRow("Meanfield, local[2], 2 workers, sync every 10", every10Seconds);
    epochRow("Meanfield, local[2], 2 workers, sync every 50", every50Seconds);
    System.out.println();
    title("52,650 weights with Adam's moments, local[2]", "ms");
    double empty = Median.of(emptyJobMillis);
    double round = Median.of(roundMillis);
    row("empty Spark job of two tasks that carries the same bytes", empty, 1);
    row("Meanfield's round without the longest task's computing", round, round / empty);
    System.out.printf(
        "%nmedians of %d turns, %d rounds; %s%n", turns, roundMillis.size(), Machine.description());
  }

  private void epochRow(String name, List<Double> seconds) {
    List<Double> ratios =
        IntStream.range(0, turns)
            .mapToObj(turn -> seconds.get(turn) / dl4jSeconds.get(turn))
            .toList();
    row(name, Median.of(seconds), Median.of(ratios));
  }

  private static void title(String name, String unit) {
    System.out.printf("%-58s %8s %8s%n", name, unit, "ratio");
  }

  private static void row(String name, double value, double ratio) {
    System.out.printf(Locale.ROOT, "%-58s %8.3f %8.2f%n", name, value, ratio);
  }
}
