package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The page of a comparison of runs. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** Returns the page. */
  public static Page of(RunComparison comparison) {
    List<String> runs = comparison.runs();
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("metrics", "Metrics", metrics(comparison)));
    if (!comparison.curves().isEmpty()) {
      sections.add(new Section("curves", "Learning curves", Curve.charts(comparison.curves())));
    }
    sections.add(
        new Section(
            "settings",
            "Settings",
            List.of(
                comparison.settings().isEmpty()
                    ? new Block.Prose("All settings are equal.")
                    : table(
                        "Settings that differ", "setting", "", runs, comparison.settingCells()))));
    sections.add(
        new Section(
            "cost",
            "Time and cost",
            List.of(table("Time and cost", "", "right", runs, comparison.costCells()))));
    return new Page(
        "Comparison of " + runs.size() + " runs", String.join(", ", runs), List.of(), sections);
  }

  private static Table table(
      String caption, String first, String style, List<String> runs, List<List<String>> rows) {
    List<Table.Column> columns =
        Stream.concat(
                Stream.of(new Table.Column(first, "")),
                runs.stream().map(run -> new Table.Column(run, style)))
            .toList();
    return new Table(caption, columns, rows);
  }

  private static List<Block> metrics(RunComparison comparison) {
    return List.of(
        comparison.metrics().isEmpty()
            ? new Block.Prose("No run has a metric yet.")
            : table(
                "Metrics of the results",
                "metric",
                "right",
                comparison.runs(),
                comparison.metricCells()));
  }
}
