package io.meanfield.cli;

import io.meanfield.pipeline.compare.Curve;
import io.meanfield.pipeline.compare.MetricRow;
import io.meanfield.pipeline.compare.PairedTest;
import io.meanfield.pipeline.compare.RunComparison;
import io.meanfield.pipeline.compare.RunCost;
import io.meanfield.pipeline.compare.SettingRow;
import io.meanfield.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
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
    List<List<String>> settings = settings(comparison.settings(), runs);
    List<List<String>> metrics = metrics(comparison.metrics(), runs);
    lines.addAll(
        settings.isEmpty()
            ? List.of("", "settings: no difference")
            : table("settings", titles("setting", runs), settings));
    lines.addAll(
        metrics.isEmpty()
            ? List.of("", "metrics: no run has a metric yet")
            : table("metrics", titles("metric", runs), metrics));
    comparison.tests().forEach(test -> lines.addAll(test(test)));
    comparison.curves().stream()
        .findFirst()
        .map(curve -> table(curve.metric(), titles("epoch", runs), epochs(curve, runs)))
        .ifPresent(lines::addAll);
    lines.addAll(table("time and cost", titles("", runs), costs(comparison.costs())));
    return lines;
  }

  private List<String> table(String title, List<String> titles, List<List<String>> rows) {
    return Stream.concat(
            Stream.of("", title), new MarkdownTable(titles, rows).lines(width).stream())
        .toList();
  }

  private static List<String> titles(String first, List<String> runs) {
    return Stream.concat(Stream.of(first), runs.stream()).toList();
  }

  private static List<String> row(String name, List<String> runs, Function<String, String> cell) {
    return Stream.concat(Stream.of(name), runs.stream().map(cell)).toList();
  }

  private static List<List<String>> settings(List<SettingRow> settings, List<String> runs) {
    return settings.stream()
        .map(
            setting ->
                row(setting.setting(), runs, run -> setting.values().getOrDefault(run, "unset")))
        .toList();
  }

  private static List<List<String>> metrics(List<MetricRow> metrics, List<String> runs) {
    return metrics.stream()
        .map(
            metric ->
                row(
                    metric.metric(),
                    runs,
                    run ->
                        Optional.ofNullable(metric.values().get(run))
                            .map(ComparisonText::six)
                            .orElse("")))
        .toList();
  }

  private static String six(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  private static List<String> test(PairedTest test) {
    String pair = test.first() + " and " + test.second();
    return test.reason()
        .map(reason -> List.of("no test of " + pair + ": " + reason))
        .orElseGet(() -> test.results().stream().map(result -> sentence(pair, result)).toList());
  }

  private static String sentence(String pair, PairedTest.Result result) {
    return String.format(
        Locale.ROOT,
        "%s of %s: difference %+.4f, %s by %s",
        result.metric(),
        pair,
        result.secondValue() - result.firstValue(),
        result.pValueText(),
        result.test());
  }

  private static List<List<String>> epochs(Curve curve, List<String> runs) {
    TreeSet<Integer> all = new TreeSet<>();
    curve.lines().forEach(line -> all.addAll(line.epochs()));
    return sample(List.copyOf(all)).stream()
        .map(epoch -> row(epoch.toString(), runs, run -> value(curve, run, epoch)))
        .toList();
  }

  /** Returns evenly spaced epochs, the first and the last among them. */
  private static List<Integer> sample(List<Integer> epochs) {
    int shown = Math.min(MOST_EPOCHS, epochs.size());
    return IntStream.range(0, shown)
        .mapToObj(
            i -> epochs.get(shown == 1 ? 0 : (int) ((long) i * (epochs.size() - 1) / (shown - 1))))
        .toList();
  }

  private static String value(Curve curve, String run, int epoch) {
    return curve.lines().stream()
        .filter(line -> line.run().equals(run))
        .filter(line -> line.epochs().contains(epoch))
        .map(line -> line.values().get(line.epochs().indexOf(epoch)))
        .map(ComparisonText::six)
        .findFirst()
        .orElse("");
  }

  private static List<List<String>> costs(List<RunCost> costs) {
    return List.of(
        cost("seconds", costs, cost -> cost.seconds().map(ComparisonText::tenths)),
        cost("seconds in epochs", costs, cost -> cost.epochSeconds().map(ComparisonText::tenths)),
        cost(
            "examples",
            costs,
            cost -> cost.examples().map(n -> String.format(Locale.ROOT, "%,d", n))),
        cost(
            "examples a second",
            costs,
            cost -> cost.examplesPerSecond().map(ComparisonText::tenths)),
        cost(
            "core seconds of learners",
            costs,
            cost -> cost.coreSeconds().map(ComparisonText::tenths)));
  }

  private static List<String> cost(
      String name, List<RunCost> costs, Function<RunCost, Optional<String>> value) {
    return Stream.concat(Stream.of(name), costs.stream().map(cost -> value.apply(cost).orElse("")))
        .toList();
  }
}
