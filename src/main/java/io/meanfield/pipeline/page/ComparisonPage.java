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
  private static final String NUMBERS = "right";
  private static final String TEXT = "";

  private ComparisonPage() {}

  /** Returns the page. */
  public static Page of(RunComparison comparison) {
    List<String> runs = comparison.runs();
    List<Section> sections = new ArrayList<>();
    add(
        sections,
        "metrics",
        "Metrics",
        table("Metrics of the results", "metric", NUMBERS, runs, metrics(comparison)),
        "No run has a metric yet.");
    if (!comparison.curves().isEmpty()) {
      sections.add(new Section("curves", "Learning curves", CurveCharts.of(comparison.curves())));
    }
    add(
        sections,
        "settings",
        "Settings",
        table("Settings that differ", "setting", TEXT, runs, comparison.settingCells()),
        "All settings are equal.");
    add(
        sections,
        "columns",
        "Columns",
        table("Columns that differ", "column", TEXT, runs, comparison.columnCells()),
        "All columns of the tables have the same use, or the runs have no tables.");
    add(
        sections,
        "cost",
        "Time and cost",
        table("Time and cost", "", NUMBERS, runs, comparison.costCells()),
        "No run has ended.");
    return new Page(
        "Comparison of " + runs.size() + " runs", String.join(", ", runs), List.of(), sections);
  }

  private static List<List<String>> metrics(RunComparison comparison) {
    return comparison.metricCells().stream()
        .map(
            cells ->
                Stream.concat(
                        Stream.of(new ShownMetric(cells.get(0)).words()), cells.stream().skip(1))
                    .toList())
        .toList();
  }

  private static void add(
      List<Section> sections, String id, String title, Table table, String otherwise) {
    Block block = table.rows().isEmpty() ? new Block.Prose(otherwise) : table;
    sections.add(new Section(id, title, List.of(block)));
  }

  private static Table table(
      String caption, String first, String style, List<String> runs, List<List<String>> rows) {
    List<Table.Column> columns =
        Stream.concat(
                Stream.of(new Table.Column(first, TEXT)),
                runs.stream().map(run -> new Table.Column(run, style)))
            .toList();
    return new Table(caption, columns, rows);
  }
}
