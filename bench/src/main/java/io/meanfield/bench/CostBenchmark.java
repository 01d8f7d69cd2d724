package io.meanfield.bench;

import io.meanfield.network.LearnerState;
import io.meanfield.train.TimeBreakdown;
import io.meanfield.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures the cost of Spark: seconds for an epoch of Meanfield and of one DL4J process with one
 * math thread, and milliseconds for a round without its computing and for an empty Spark job. All
 * run in turns; ratios of epochs are medians of the turns' ratios.
 */
public final class CostBenchmark {
  private static final int WARM_UP = 3;
  private static final long SEED = 1;

  private final MnistWorkload workload;
  private final int turns;
  private final List<Double> roundCosts = new ArrayList<>();
  private final List<Double> emptyJobs = new ArrayList<>();
  private final List<Double> dl4j = new ArrayList<>();
  private final List<Double> every10 = new ArrayList<>();
  private final List<Double> every50 = new ArrayList<>();

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
            roundCosts.add(time.synchronising().toNanos() / 1e6);
          }
        };
    try (SingleProcess process = new SingleProcess(workload, SEED);
        MeanfieldTrainer syncEvery10 =
            new MeanfieldTrainer(workload, 10, SEED, List.of(roundTimer));
        MeanfieldTrainer syncEvery50 = new MeanfieldTrainer(workload, 50, SEED, List.of())) {
      for (int turn = -WARM_UP; turn < turns; turn++) {
        if (turn == 0) {
          List.of(dl4j, every10, every50, roundCosts, emptyJobs).forEach(List::clear);
        }
        dl4j.add(process.timedEpoch());
        every10.add(syncEvery10.timedEpoch());
        every50.add(syncEvery50.timedEpoch());
        emptyJobs(roundCosts.size() - emptyJobs.size());
      }
    }
  }

  /** Runs Spark jobs that only send a state to two tasks and return two states. */
  private void emptyJobs(int count) {
    JavaRDD<Integer> tasks = workload.spark().parallelize(List.of(0, 1), MnistWorkload.WORKERS);
    float[] weights = MnistWorkload.untrained(SEED).state().weights();
    LearnerState state = new LearnerState(weights, new float[2 * weights.length], 0, 0);
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      Broadcast<LearnerState> sent = workload.spark().broadcast(state);
      List<LearnerState> back = tasks.map(task -> sent.value()).collect();
      sent.destroy();
      emptyJobs.add((System.nanoTime() - began) / 1e6);
      if (back.size() != MnistWorkload.WORKERS) {
        throw new IllegalStateException(
            "expected " + MnistWorkload.WORKERS + " states, found " + back.size());
      }
    }
  }

  private void print() {
    title("60,000 digits, 784-64-32-10, adam, minibatches of 128", "s/epoch");
    epochs("one DL4J process, one math thread", dl4j);
    epochs("Meanfield, local[2], 2 workers, sync every 10", every10);
    epochs("Meanfield, local[2], 2 workers, sync every 50", every50);
    System.out.println();
    title("52,650 weights with Adam's moments, local[2]", "ms");
    double empty = Median.of(emptyJobs);
    double round = Median.of(roundCosts);
    row("empty Spark job of two tasks that carries the same bytes", empty, 1);
    row("Meanfield's round without the longest task's computing", round, round / empty);
    System.out.printf(
        "%nmedians of %d turns, %d rounds; %s%n", turns, roundCosts.size(), Machine.description());
  }

  private void epochs(String name, List<Double> seconds) {
    List<Double> ratios =
        IntStream.range(0, turns).mapToObj(turn -> seconds.get(turn) / dl4j.get(turn)).toList();
    row(name, Median.of(seconds), Median.of(ratios));
  }

  private static void title(String name, String unit) {
    System.out.printf("%-58s %8s %8s%n", name, unit, "ratio");
  }

  private static void row(String name, double value, double ratio) {
    System.out.printf(Locale.ROOT, "%-58s %8.3f %8.2f%n", name, value, ratio);
  }
}
