package io.meanfield.cli.runs;

import io.meanfield.pipeline.page.Curve;
import io.meanfield.pipeline.page.RunComparison;
import io.meanfield.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a comparison of runs as tables for a terminal.
 *
 * @param width of the terminal
 */
record ComparisonText(int width) {
  private static final int MOST_EPOCHS = 12;

  List<String> lines(RunComparison comparison) {
    List<String> runs = comparison.runs();
    List<String> lines = new ArrayList<>();
    lines.addAll(
        comparison.settings().isEmpty()
            ? List.of("", "settings: no difference")
            : table("settings", "setting", runs, comparison.settingCells()));
    lines.addAll(
        comparison.metrics().isEmpty()
            ? List.of("", "metrics: no run has a metric yet")
            : table("metrics", "metric", runs, comparison.metricCells()));
    comparison.curves().stream()
        .findFirst()
        .ifPresent(
            curve -> lines.addAll(table(curve.metric(), "epoch", runs, epochs(curve, runs))));
    lines.addAll(table("time and cost", "", runs, comparison.costCells()));
    return lines;
  }

  private List<String> table(
      String title, String first, List<String> runs, List<List<String>> rows) {
    List<String> titles = Stream.concat(Stream.of(first), runs.stream()).toList();
    return Stream.concat(
            Stream.of("", title), new MarkdownTable(titles, rows).lines(width).stream())
        .toList();
  }

  /** Returns a row for each of a few evenly spaced epochs, the first and the last among them. */
  private static List<List<String>> epochs(Curve curve, List<String> runs) {
    TreeSet<Integer> found = new TreeSet<>();
    curve.lines().forEach(line -> found.addAll(line.epochs()));
    List<Integer> all = List.copyOf(found);
    int shown = Math.min(MOST_EPOCHS, all.size());
    return IntStream.range(0, shown)
        .map(i -> shown == 1 ? 0 : (int) ((long) i * (all.size() - 1) / (shown - 1)))
        .mapToObj(all::get)
        .map(
            epoch ->
                Stream.concat(
                        Stream.of(epoch.toString()),
                        runs.stream().map(run -> value(curve, run, epoch)))
                    .toList())
        .toList();
  }

  private static String value(Curve curve, String run, int epoch) {
    return curve.lines().stream()
        .filter(line -> line.run().equals(run))
        .filter(line -> line.epochs().contains(epoch))
        .map(line -> line.values().get(line.epochs().indexOf(epoch)))
        .map(value -> String.format(Locale.ROOT, "%.6g", value))
        .findFirst()
        .orElse("");
  }
}
