package io.meanfield.pipeline.score;

import io.meanfield.evaluate.slice.Slice;
import io.meanfield.pipeline.page.ShownMetric;
import io.meanfield.report.MarkdownTable;
import io.meanfield.report.ReadableNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The slices of columns as small tables for a terminal. */
final class SliceLines {
  private static final int WIDEST = 32;
  private static final int DIGITS = 3;

  private SliceLines() {}

  /** Returns a table for each column. */
  static List<String> of(List<String> columns, List<Slice> slices) {
    List<String> lines = new ArrayList<>();
    for (String column : columns) {
      lines.addAll(
          table(column, slices.stream().filter(slice -> slice.column().equals(column)).toList()));
    }
    return lines;
  }

  private static List<String> table(String column, List<Slice> slices) {
    // All rows have each metric that a part of them has.
    List<String> metrics =
        slices.get(slices.size() - 1).metrics().stream().map(Slice.Value::metric).toList();
    return new MarkdownTable(
            Stream.concat(
                    Stream.of(column, "rows"),
                    metrics.stream().map(metric -> new ShownMetric(metric).words()))
                .toList(),
            slices.stream().map(slice -> cells(slice, metrics)).toList())
        .linesWithout("precision", "recall");
  }

  private static List<String> cells(Slice slice, List<String> metrics) {
    List<String> cells = new ArrayList<>();
    String name = slice.name();
    cells.add(name.length() > WIDEST ? name.substring(0, WIDEST - 1) + "…" : name);
    cells.add(String.format(Locale.ROOT, "%,d", slice.examples()));
    for (String metric : metrics) {
      cells.add(
          slice.metrics().stream()
              .filter(found -> found.metric().equals(metric))
              .findFirst()
              .map(SliceLines::text)
              .orElse(""));
    }
    return cells;
  }

  private static String text(Slice.Value metric) {
    return Double.isFinite(metric.low())
        ? "%s (%s to %s)".formatted(text(metric.value()), text(metric.low()), text(metric.high()))
        : text(metric.value());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%,." + ReadableNumber.decimals(value, DIGITS) + "f", value);
  }
}
