package io.meanfield.pipeline.page;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.BarChart;
import io.meanfield.report.page.BarSeries;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import io.meanfield.store.StoredRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much the model depends on each column of a table. */
final class ImportanceSection {
  private static final int MOST_BARS = 30;
  private static final int DIGITS = 5;

  private ImportanceSection() {}

  static Optional<Section> of(RunRecord run) {
    List<StoredRow> columns =
        run.table("importance").stream()
            .sorted(Comparator.comparingDouble(row -> -RunRecord.number(row, "loss_increase", 0)))
            .toList();
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks =
        List.of(new Paragraph(method(columns.get(0))), bars(columns), table(columns));
    return Optional.of(new Section("importance", "Importance of columns", blocks));
  }

  private static String method(StoredRow first) {
    return String.format(
        Locale.ROOT,
        "How much the loss increases when the values of a column are exchanged between %,d random"
            + " examples (permutation importance, Breiman 2001; mean of %d permutations). The model"
            + " hardly uses a column near 0, or other columns hold the same information. Computing"
            + " the importance took %s.",
        RunRecord.integer(first, "examples"),
        RunRecord.integer(first, "repeats"),
        Numbers.seconds(RunRecord.number(first, "seconds", 0)));
  }

  private static BarChart bars(List<StoredRow> columns) {
    List<StoredRow> shown = columns.subList(0, Math.min(columns.size(), MOST_BARS));
    return new BarChart(
        "Importance of the columns",
        shown.stream().map(ImportanceSection::name).toList(),
        Axis.linear("increase of the loss"),
        List.of(new BarSeries("increase of the loss", RunRecord.numbers(shown, "loss_increase"))),
        BarChart.Arrangement.GROUPED);
  }

  private static DataTable table(List<StoredRow> columns) {
    return new DataTable(
        "Importance of all columns",
        List.of(
            Column.text("column"),
            Column.number("increase of the loss"),
            Column.number("standard deviation")),
        columns.stream()
            .map(
                row ->
                    List.of(
                        Cell.of(name(row)),
                        Cell.of(RunRecord.number(row, "loss_increase", Double.NaN), DIGITS),
                        Cell.of(RunRecord.number(row, "deviation", Double.NaN), DIGITS)))
            .toList());
  }

  private static String name(StoredRow row) {
    return row.text("column").orElse("");
  }
}
