package io.meanfield.bench;

import io.meanfield.train.TimeBreakdown;
import io.meanfield.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures the cost of ten times the data: seconds for an epoch and milliseconds for a round
 * without its computing, for the 60,000 digits and for ten copies of them, in turns.
 */
public final class GrowthBenchmark {
  private static final int COPIES = 10;
  private static final int SYNC_FREQUENCY = 10;
  private static final int WARM_UP = 1;
  private static final long SEED = 1;

  private GrowthBenchmark() {}

  /** Times epochs and rounds of one data set. */
  private static final class Clock implements TrainingListener {
    private final List<Double> epochs = new ArrayList<>();
    private final List<Double> rounds = new ArrayList<>();

    @Override
    public void timeSpent(TimeBreakdown time) {
      rounds.add(time.synchronising().toNanos() / 1e6);
    }
  }

  /** Takes the number of turns (default 3). */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    Clock one = new Clock();
    Clock ten = new Clock();
    try (MnistWorkload workload = new MnistWorkload();
        MeanfieldTrainer small =
            new MeanfieldTrainer(workload, SYNC_FREQUENCY, SEED, List.of(one));
        MeanfieldTrainer large =
            new MeanfieldTrainer(workload, COPIES, SYNC_FREQUENCY, SEED, List.of(ten))) {
      for (int turn = -WARM_UP; turn < turns; turn++) {
        if (turn == 0) {
          List.of(one, ten).forEach(GrowthBenchmark::reset);
        }
        // The same number of rounds for both, so that changes in the speed of the machine affect
        // both.
        one.epochs.add(
            IntStream.range(0, COPIES).mapToDouble(i -> small.timedEpoch()).sum() / COPIES);
        ten.epochs.add(large.timedEpoch());
      }
    }
    print(one, ten, turns);
  }

  private static void reset(Clock clock) {
    clock.epochs.clear();
    clock.rounds.clear();
  }

  private static void print(Clock one, Clock ten, int turns) {
    List<Double> ratios =
        IntStream.range(0, turns).mapToObj(i -> ten.epochs.get(i) / one.epochs.get(i)).toList();
    System.out.printf("%-44s %10s %10s%n", "sync every " + SYNC_FREQUENCY, "s/epoch", "ms/round");
    row("60,000 digits", Median.of(one.epochs), Median.of(one.rounds));
    row("600,000 digits", Median.of(ten.epochs), Median.of(ten.rounds));
    row("ratio", Median.of(ratios), Median.of(ten.rounds) / Median.of(one.rounds));
    System.out.printf(
        "%nmedians of %d turns, %d rounds of each; a round without the longest task's computing; %s%n",
        turns, ten.rounds.size(), Machine.description());
  }

  private static void row(String name, double epoch, double round) {
    System.out.printf(Locale.ROOT, "%-44s %10.3f %10.2f%n", name, epoch, round);
  }
}
