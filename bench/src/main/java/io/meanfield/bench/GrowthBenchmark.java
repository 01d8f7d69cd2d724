package io.meanfield.bench;

import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
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

  /** The timings of one data set. */
  private static final class Timings implements TrainingListener {
    private final List<Double> epochSeconds = new ArrayList<>();
    private final List<Double> roundMillis = new ArrayList<>();

    @Override
    public void timeSpent(TimeBreakdown time) {
      roundMillis.add(time.synchronising().toNanos() / 1e6);
    }
  }

  /** Takes the number of turns (default 3). */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    Timings smallTimings = new Timings();
    Timings largeTimings = new Timings();
    try (MnistWorkload workload = new MnistWorkload();
        MeanfieldTrainer small =
            new MeanfieldTrainer(workload, SYNC_FREQUENCY, SEED, List.of(smallTimings));
        MeanfieldTrainer large =
            new MeanfieldTrainer(workload, COPIES, SYNC_FREQUENCY, SEED, List.of(largeTimings))) {
      for (int turn = -WARM_UP; turn < turns; turn++) {
        if (turn == 0) {
          List.of(smallTimings, largeTimings).forEach(GrowthBenchmark::reset);
        }
        // About as many rounds for both, so that changes in the speed of the machine affect both.
        smallTimings.epochSeconds.add(
            IntStream.range(0, COPIES).mapToDouble(i -> small.timedEpoch()).sum() / COPIES);
        largeTimings.epochSeconds.add(large.timedEpoch());
      }
    }
    print(smallTimings, largeTimings, turns);
  }

  private static void reset(Timings timings) {
    timings.epochSeconds.clear();
    timings.roundMillis.clear();
  }

  private static void print(Timings smallTimings, Timings largeTimings, int turns) {
    List<Double> ratios =
        IntStream.range(0, turns)
            .mapToObj(i -> largeTimings.epochSeconds.get(i) / smallTimings.epochSeconds.get(i))
            .toList();
    System.out.printf("%-44s %10s %10s%n", "sync every " + SYNC_FREQUENCY, "s/epoch", "ms/round");
    row("60,000 digits", Median.of(smallTimings.epochSeconds), Median.of(smallTimings.roundMillis));
    row(
        "600,000 digits",
        Median.of(largeTimings.epochSeconds),
        Median.of(largeTimings.roundMillis));
    row(
        "ratio",
        Median.of(ratios),
        Median.of(largeTimings.roundMillis) / Median.of(smallTimings.roundMillis));
    System.out.printf(
        "%nmedians of %d turns, %d and %d rounds; a round without the longest task's computing; %s%n",
        turns,
        smallTimings.roundMillis.size(),
        largeTimings.roundMillis.size(),
        Machine.description());
  }

  private static void row(String name, double epochSeconds, double roundMillis) {
    System.out.printf(Locale.ROOT, "%-44s %10.3f %10.2f%n", name, epochSeconds, roundMillis);
  }
}
