package io.meanfield.pipeline.compare;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page of a comparison of runs. */
public final class ComparisonPage {
  private static final int METRIC_DIGITS = 4;

  private ComparisonPage() {}

  /** Returns the page. */
  public static Page of(RunComparison comparison) {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("metrics", "Metrics", metrics(comparison)));
    if (!comparison.curves().isEmpty()) {
      sections.add(
          new Section("curves", "Learning curves", new CurveCharts(comparison.curves()).blocks()));
    }
    sections.add(new Section("settings", "Settings", List.of(settings(comparison))));
    sections.add(new Section("cost", "Time and cost", List.of(cost(comparison.costs()))));
    return new Page(
        "Comparison of " + comparison.runs().size() + " runs",
        String.join(", ", comparison.runs()),
        sections);
  }

  private static List<Block> metrics(RunComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    List<String> runs = comparison.runs();
    blocks.add(
        comparison.metrics().isEmpty()
            ? new Paragraph("No run has a metric yet.")
            : new DataTable(
                "Metrics of the results",
                columns("metric", runs, Column::number),
                comparison.metrics().stream().map(metric -> metric(metric, runs)).toList()));
    comparison.tests().stream()
        .flatMap(test -> test.reason().stream().map(reason -> untested(test, reason)))
        .forEach(blocks::add);
    List<List<Cell>> tested =
        comparison.tests().stream()
            .flatMap(test -> test.results().stream().map(result -> tested(test, result)))
            .toList();
    if (!tested.isEmpty()) {
      blocks.add(tests(tested));
    }
    return blocks;
  }

  private static List<Cell> metric(MetricRow metric, List<String> runs) {
    return row(metric.metric(), runs, run -> value(metric.values().getOrDefault(run, Double.NaN)));
  }

  private static Cell value(double metric) {
    return Cell.of(metric, metric == Math.rint(metric) ? 0 : METRIC_DIGITS);
  }

  private static Block untested(PairedTest test, String reason) {
    return new Paragraph(
        "No test of " + test.first() + " and " + test.second() + ": " + reason + ".");
  }

  private static Block tests(List<List<Cell>> rows) {
    return new DataTable(
        "Tests on the same examples",
        List.of(
            Column.text("runs"),
            Column.text("metric"),
            Column.number("first"),
            Column.number("second"),
            Column.number("examples"),
            Column.text("p-value"),
            Column.text("test")),
        rows);
  }

  private static List<Cell> tested(PairedTest test, PairedTest.Result result) {
    return List.of(
        Cell.of(test.first() + ", " + test.second()),
        Cell.of(result.metric()),
        Cell.of(result.firstValue(), METRIC_DIGITS),
        Cell.of(result.secondValue(), METRIC_DIGITS),
        Cell.of(test.examples(), 0),
        Cell.of(result.pValueText()),
        Cell.of(result.test()));
  }

  private static Block settings(RunComparison comparison) {
    return comparison.settings().isEmpty()
        ? new Paragraph("All settings are equal.")
        : new DataTable(
            "Settings that differ",
            columns("setting", comparison.runs(), Column::text),
            comparison.settings().stream()
                .map(
                    setting ->
                        row(
                            setting.setting(),
                            comparison.runs(),
                            run -> Cell.of(setting.values().getOrDefault(run, "unset"))))
                .toList());
  }

  private static Block cost(List<RunCost> costs) {
    return new DataTable(
        "Time and cost",
        List.of(
            Column.text("run"),
            Column.number("seconds"),
            Column.number("seconds in epochs"),
            Column.number("examples"),
            Column.number("examples a second"),
            Column.number("core seconds of learners")),
        costs.stream().map(ComparisonPage::cost).toList());
  }

  private static List<Cell> cost(RunCost cost) {
    return List.of(
        Cell.of(cost.run()),
        number(cost.seconds(), 1),
        number(cost.epochSeconds(), 1),
        number(cost.examples().map(Long::doubleValue), 0),
        number(cost.examplesPerSecond(), 0),
        number(cost.coreSeconds(), 1));
  }

  private static Cell number(Optional<Double> value, int digits) {
    return Cell.of(value.orElse(Double.NaN), digits);
  }

  private static List<Column> columns(
      String first, List<String> runs, Function<String, Column> column) {
    return Stream.concat(Stream.of(Column.text(first)), runs.stream().map(column)).toList();
  }

  private static List<Cell> row(String name, List<String> runs, Function<String, Cell> cell) {
    return Stream.concat(Stream.of(Cell.of(name)), runs.stream().map(cell)).toList();
  }
}
