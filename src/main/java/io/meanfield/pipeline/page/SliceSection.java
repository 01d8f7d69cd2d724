package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics of the rows of each slice of a column, and the directions that a model keeps to. */
final class SliceSection {
  private SliceSection() {}

  /**
   * A slice.
   *
   * @param first one of its rows in the table
   * @param metrics by name, the one that slices are sorted by first
   */
  private record Part(StoredRow first, Map<String, StoredRow> metrics) {
    String name() {
      return first.text("slice").orElse("");
    }

    String text(String metric) {
      return metrics.containsKey(metric) ? SliceSection.text(metric, metrics.get(metric)) : "";
    }
  }

  static List<Block> blocks(RunRecord run) {
    Map<String, Map<String, Part>> columns = new LinkedHashMap<>();
    for (StoredRow row : run.table("slices")) {
      columns
          .computeIfAbsent(row.text("column").orElse(""), column -> new LinkedHashMap<>())
          .computeIfAbsent(
              row.text("kind").orElse("") + row.text("slice").orElse(""),
              slice -> new Part(row, new LinkedHashMap<>()))
          .metrics()
          .put(row.text("metric").orElse(""), row);
    }
    List<Block> blocks = new ArrayList<>();
    if (!columns.isEmpty()) {
      blocks.add(
          new Block.Prose(
              "How good the model is on the rows of each value of a column, the worst first. Where"
                  + " the 95 % intervals of two slices overlap, chance may be what tells them"
                  + " apart."));
    }
    columns.forEach((column, parts) -> blocks.addAll(column(column, List.copyOf(parts.values()))));
    blocks.addAll(monotone(run.table("monotone")));
    return blocks;
  }

  private static List<Block> column(String column, List<Part> parts) {
    List<String> metrics = List.copyOf(parts.get(parts.size() - 1).metrics().keySet());
    String first = new ShownMetric(metrics.get(0)).words();
    Table.Columns<Part> table =
        new Table.Columns<Part>()
            .text(column, Part::name)
            .number(
                "rows",
                part ->
                    String.format(Locale.ROOT, "%,d", RunRecord.integer(part.first(), "examples")));
    metrics.forEach(
        metric ->
            table.number(new ShownMetric(metric).words() + " (95 %)", part -> part.text(metric)));
    return List.of(
        Chart.bars(
            Chart.Kind.BARS,
            first + " by " + column,
            parts.stream().map(Part::name).toList(),
            first,
            List.of(
                Chart.bars(
                    first,
                    parts.stream()
                        .mapToDouble(
                            part ->
                                RunRecord.number(
                                    part.metrics().get(metrics.get(0)), "value", Double.NaN))
                        .toArray()))),
        table.of("Metrics by " + column, parts));
  }

  private static String text(String metric, StoredRow row) {
    String value = number(metric, row, "value");
    return row.number("low").isEmpty()
        ? value
        : value + " (" + number(metric, row, "low") + " to " + number(metric, row, "high") + ")";
  }

  private static String number(String metric, StoredRow row, String column) {
    return new ShownMetric(metric).text(RunRecord.number(row, column, Double.NaN));
  }

  private static List<Block> monotone(List<StoredRow> rows) {
    return rows.isEmpty()
        ? List.of()
        : List.of(
            new Block.Prose(
                "On how many rows the prediction moves against the direction that is expected when"
                    + " a column rises by a step."),
            new Table.Columns<StoredRow>()
                .text("column", row -> row.text("column").orElse(""))
                .text(
                    "expected",
                    row ->
                        row.text("direction").filter("+"::equals).isPresent() ? "rises" : "falls")
                .number("step", row -> readable(row, "step"))
                .number("rows", row -> readable(row, "examples"))
                .number("broken", row -> readable(row, "broken"))
                .number("largest movement", row -> readable(row, "largest"))
                .of("Expected directions", rows));
  }

  private static String readable(StoredRow row, String column) {
    return ReadableNumber.text(RunRecord.number(row, column, 0));
  }
}
