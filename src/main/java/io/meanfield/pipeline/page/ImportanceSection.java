package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How much the model depends on each column of a table. */
final class ImportanceSection {
  private static final int MOST_BARS = 30;
  private static final int MOST_CONTRIBUTIONS = 10;
  private static final int DIGITS = 5;
  private static final double LARGE = 1_000;

  private ImportanceSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> columns =
        run.table("importance").stream()
            .sorted(Comparator.comparingDouble(row -> -RunRecord.number(row, "loss_increase", 0)))
            .toList();
    if (columns.isEmpty()) {
      return contributions(run);
    }
    List<StoredRow> shown = columns.subList(0, Math.min(columns.size(), MOST_BARS));
    List<Block> blocks = new ArrayList<>();
    blocks.addAll(importance(columns, shown));
    blocks.addAll(contributions(run));
    return blocks;
  }

  private static List<Block> contributions(RunRecord run) {
    List<StoredRow> columns = run.table("mean_contributions");
    if (columns.isEmpty()) {
      return List.of();
    }
    List<StoredRow> shown = columns.subList(0, Math.min(columns.size(), MOST_CONTRIBUTIONS));
    String unit =
        run.table("evaluation_by_class").isEmpty() ? "in the unit of the target" : "log-odds";
    return List.of(
        new Block.Prose(
            String.format(
                Locale.ROOT,
                "How far a column moves the prediction of a row from that of the average training"
                    + " row, up or down, in the mean over %,d random examples (Shapley values, %s)."
                    + " predict --contributions tells it for each row, explain for one row in"
                    + " words.",
                RunRecord.integer(columns.get(0), "examples"),
                unit)),
        Chart.bars(
            Chart.Kind.BARS,
            "Contributions of the columns",
            shown.stream().map(ImportanceSection::name).toList(),
            "mean absolute contribution",
            List.of(
                Chart.bars(
                    "mean absolute contribution", RunRecord.numbers(shown, "mean_absolute")))),
        new Table.Columns<StoredRow>()
            .text("column", ImportanceSection::name)
            .number("mean absolute contribution", row -> number(row, "mean_absolute"))
            .number("mean contribution", row -> number(row, "mean"))
            .of("Contributions of all columns", columns));
  }

  private static List<Block> importance(List<StoredRow> columns, List<StoredRow> shown) {
    return List.of(
        new Block.Prose(method(columns.get(0))),
        Chart.bars(
            Chart.Kind.BARS,
            "Importance of the columns",
            shown.stream().map(ImportanceSection::name).toList(),
            "increase of the loss",
            List.of(Chart.bars("increase of the loss", RunRecord.numbers(shown, "loss_increase")))),
        new Table.Columns<StoredRow>()
            .text("column", ImportanceSection::name)
            .number("increase of the loss", row -> number(row, "loss_increase"))
            .number("standard deviation", row -> number(row, "deviation"))
            .of("Importance of all columns", columns));
  }

  private static String method(StoredRow first) {
    return String.format(
        Locale.ROOT,
        "How much the loss increases when the values of a column are exchanged between %,d random"
            + " examples (permutation importance, Breiman 2001; mean of %d permutations). The model"
            + " hardly uses a column near 0, or other columns hold the same information.",
        RunRecord.integer(first, "examples"),
        RunRecord.integer(first, "repeats"));
  }

  private static String name(StoredRow row) {
    return row.text("column").orElse("");
  }

  // The unit of the loss may be the square of dollars.
  private static String number(StoredRow row, String column) {
    double value = RunRecord.number(row, column, Double.NaN);
    return Math.abs(value) < LARGE ? Numbers.decimals(value, DIGITS) : ReadableNumber.text(value);
  }
}
