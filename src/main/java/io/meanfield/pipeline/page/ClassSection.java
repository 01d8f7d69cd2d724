package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The confusion matrix, and precision and recall of every class. */
final class ClassSection {
  // A matrix of more classes is no longer legible, and a page of it too large.
  private static final int MOST_CLASSES = 60;
  private static final int DIGITS = 4;

  private ClassSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> classes =
        run.table("evaluation_by_class").stream()
            .sorted(Comparator.comparingInt(row -> RunRecord.integer(row, "class")))
            .toList();
    if (classes.isEmpty()) {
      return List.of();
    }
    List<String> names = run.classNames(classes.size());
    String examples = run.table("evaluation").isEmpty() ? "validation" : "test";
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Prose("Measured on the " + examples + " examples."));
    if (names.size() <= MOST_CLASSES) {
      List<StoredRow> confusion = run.table("confusion"); // the square of the classes as rows
      if (!confusion.isEmpty()) {
        blocks.add(confusion(confusion, names));
      }
      blocks.add(
          Chart.bars(
              Chart.Kind.BARS,
              "Precision and recall by class",
              names,
              "share",
              List.of(
                  Chart.bars("precision", RunRecord.numbers(classes, "precision")),
                  Chart.bars("recall", RunRecord.numbers(classes, "recall")))));
    }
    blocks.add(
        new Table.Columns<StoredRow>()
            .text("class", row -> names.get(classes.indexOf(row)))
            .number("examples", row -> RunRecord.decimals(row, "support", 0))
            .number("precision", row -> RunRecord.decimals(row, "precision", DIGITS))
            .number("recall", row -> RunRecord.decimals(row, "recall", DIGITS))
            .number("F1", row -> RunRecord.decimals(row, "f1", DIGITS))
            .number("ROC AUC", row -> RunRecord.decimals(row, "roc_auc", DIGITS))
            .of("Metrics by class", classes));
    return blocks;
  }

  private static Block confusion(List<StoredRow> cells, List<String> names) {
    long[][] counts = new long[names.size()][names.size()];
    for (StoredRow cell : cells) {
      counts[RunRecord.integer(cell, "actual")][RunRecord.integer(cell, "predicted")] =
          (long) RunRecord.number(cell, "count", 0);
    }
    return new Block.Confusion("Confusion matrix", names, counts);
  }
}
