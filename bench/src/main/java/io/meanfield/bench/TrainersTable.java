package io.meanfield.bench;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints all trainers in one table: medians over the epochs of all seeds, means over the seeds.
 *
 * @param timings the timings of each trainer, one element for each seed
 * @param baseline the trainer that the others are compared with
 */
record TrainersTable(Map<String, List<RunTimings>> timings, String baseline) {
  private static final String ROW = "%-46s %8s %6s  %6s %8s  %6s %8s  %8s %15s %7s%n";
  private static final List<Double> TARGETS = List.of(0.965, 0.970);

  void print() {
    System.out.printf("%79s  %15s  %32s%n", "to 96.5 %", "to 97.0 %", "the last five epochs");
    System.out.printf(
        ROW,
        "",
        "s/epoch",
        "ratio",
        "epochs",
        "seconds",
        "epochs",
        "seconds",
        "accuracy",
        "seeds from - to",
        "points");
    timings.forEach((name, runs) -> System.out.printf(ROW, cells(name, runs)));
    System.out.printf("%nratio, points: against \"%s\"; -: not with every seed%n", baseline);
  }

  private Object[] cells(String name, List<RunTimings> runs) {
    List<RunTimings> baselineRuns = timings.get(baseline);
    DoubleSummaryStatistics accuracy = finalAccuracy(runs);
    List<Object> cells = new ArrayList<>();
    cells.add(name);
    cells.add(format("%.3f", seconds(runs)));
    cells.add(format("%.2f", seconds(runs) / seconds(baselineRuns)));
    for (double target : TARGETS) {
      cells.addAll(toAccuracy(runs, target));
    }
    cells.add(format("%.2f %%", 100 * accuracy.getAverage()));
    cells.add(format("%.2f - %.2f", 100 * accuracy.getMin(), 100 * accuracy.getMax()));
    cells.add(
        format("%+.2f", 100 * (accuracy.getAverage() - finalAccuracy(baselineRuns).getAverage())));
    return cells.toArray();
  }

  private static double seconds(List<RunTimings> runs) {
    return Median.of(
        runs.stream().flatMap(run -> run.epochs().stream()).map(EpochTiming::seconds).toList());
  }

  private static DoubleSummaryStatistics finalAccuracy(List<RunTimings> runs) {
    return runs.stream().mapToDouble(RunTimings::finalAccuracy).summaryStatistics();
  }

  /** Returns epochs and seconds to an accuracy; two dashes if a seed did not reach it. */
  private static List<String> toAccuracy(List<RunTimings> runs, double target) {
    if (runs.stream().anyMatch(run -> run.epochsTo(target).isEmpty())) {
      return List.of("-", "-");
    }
    double epochs =
        runs.stream().mapToInt(run -> run.epochsTo(target).orElseThrow()).average().orElseThrow();
    double seconds =
        runs.stream()
            .mapToDouble(run -> run.seconds(run.epochsTo(target).orElseThrow()))
            .average()
            .orElseThrow();
    return List.of(format("%.1f", epochs), format("%.1f", seconds));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
