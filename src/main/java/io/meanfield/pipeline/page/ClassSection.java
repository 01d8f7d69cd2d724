package io.meanfield.pipeline.page;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.BarChart;
import io.meanfield.report.page.BarSeries;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.HeatMap;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import io.meanfield.store.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The confusion matrix, and precision and recall of every class. */
final class ClassSection {
  // A matrix of more classes is no longer legible, and a page of it too large.
  private static final int MOST_CLASSES = 60;
  private static final int DIGITS = 4;

  private ClassSection() {}

  static Optional<Section> of(RunRecord run) {
    List<StoredRow> classes =
        run.table("evaluation_by_class").stream()
            .sorted(Comparator.comparingInt(row -> RunRecord.integer(row, "class")))
            .toList();
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = run.classNames().all(classes.size());
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph("Measured on " + EvaluatedOn.of(run) + "."));
    if (names.size() <= MOST_CLASSES) {
      List<StoredRow> confusion = run.table("confusion"); // the square of the classes as rows
      if (!confusion.isEmpty()) {
        blocks.add(confusion(confusion, names));
      }
      blocks.add(bars(classes, names));
    }
    blocks.add(table(classes, names));
    return Optional.of(new Section("classes", "Classes", blocks));
  }

  private static HeatMap confusion(List<StoredRow> cells, List<String> names) {
    double[][] counts = new double[names.size()][names.size()];
    for (StoredRow cell : cells) {
      int actual = requireClass(cell, "actual", names);
      int predicted = requireClass(cell, "predicted", names);
      counts[actual][predicted] = RunRecord.number(cell, "count", 0);
    }
    return new HeatMap("Confusion matrix", names, names, counts, "actual", "predicted");
  }

  private static int requireClass(StoredRow cell, String column, List<String> names) {
    int found = RunRecord.integer(cell, column);
    if (found < 0 || found >= names.size()) {
      throw new IllegalStateException(
          "class " + found + " in column " + column + ", expected 0 to " + (names.size() - 1));
    }
    return found;
  }

  private static BarChart bars(List<StoredRow> classes, List<String> names) {
    return new BarChart(
        "Precision and recall by class",
        names,
        Axis.linear("share"),
        List.of(
            new BarSeries("precision", RunRecord.numbers(classes, "precision")),
            new BarSeries("recall", RunRecord.numbers(classes, "recall"))),
        BarChart.Arrangement.GROUPED);
  }

  private static DataTable table(List<StoredRow> classes, List<String> names) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int cls = 0; cls < names.size(); cls++) {
      StoredRow row = classes.get(cls);
      rows.add(
          List.of(
              Cell.of(names.get(cls)),
              Cell.of(RunRecord.number(row, "support", 0), 0),
              number(row, "precision"),
              number(row, "recall"),
              number(row, "f1"),
              number(row, "roc_auc")));
    }
    return new DataTable(
        "Metrics by class",
        List.of(
            Column.text("class"),
            Column.number("examples"),
            Column.number("precision"),
            Column.number("recall"),
            Column.number("F1"),
            Column.number("ROC AUC")),
        rows);
  }

  private static Cell number(StoredRow row, String column) {
    return Cell.of(RunRecord.number(row, column, Double.NaN), DIGITS);
  }
}
