package io.meanfield.pipeline.page;

import io.meanfield.network.Intervals;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What intervals or sets promise, and how well they do on the examples of an evaluation. */
final class IntervalSection {
  private static final String TABLE = "evaluation_by_level";
  private static final String LEVEL = "level";
  private static final String COVERAGE = "coverage";
  private static final double LARGE_DIFFERENCE = 0.05;

  private IntervalSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> levels =
        run.table(TABLE).stream()
            .sorted(
                Comparator.comparing((StoredRow row) -> number(row, LEVEL))
                    .thenComparing(row -> RunRecord.integer(row, "target")))
            .toList();
    if (levels.isEmpty()) {
      return List.of();
    }
    boolean areNumbers = !Double.isNaN(number(levels.get(0), "mean_width"));
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Prose(promise(run, levels.get(levels.size() - 1), areNumbers)));
    if (levels.stream()
        .anyMatch(row -> number(row, COVERAGE) < number(row, LEVEL) - LARGE_DIFFERENCE)) {
      blocks.add(
          new Block.Prose(
              "Fewer rows than promised are covered. Maybe they are unlike those of the training:"
                  + " later, or of another kind.",
              true));
    }
    blocks.add(areNumbers ? numbers(run, levels) : classes(levels));
    return blocks;
  }

  private static String promise(RunRecord run, StoredRow row, boolean areNumbers) {
    String percent = Intervals.percent(number(row, LEVEL));
    boolean isTested = !run.table("evaluation").isEmpty();
    return String.format(
        Locale.ROOT,
        "%s of 100 new rows %s, if new rows are like those of the training. %s, it is %.1f of 100.",
        percent,
        areNumbers
            ? "lie between `lower_%s` and `upper_%s`".formatted(suffix(row), suffix(row))
            : "have a class of their `prediction_set_%s`".formatted(suffix(row)),
        isTested
            ? "Of the rows of this evaluation"
            : "Of the validation rows, from which this follows, so that `evaluate` tells more",
        100 * number(row, COVERAGE));
  }

  private static String suffix(StoredRow row) {
    return Intervals.suffix(number(row, LEVEL));
  }

  private static Table numbers(RunRecord run, List<StoredRow> levels) {
    TargetNames names = TargetNames.of(run.manifest());
    return new Table.Columns<StoredRow>()
        .text("target", row -> names.name(RunRecord.integer(row, "target")))
        .number("promised", row -> percent(row, LEVEL))
        .number("covered", row -> percent(row, COVERAGE))
        .number("mean width", row -> text(row, "mean_width"))
        .number("interval score", row -> text(row, "interval_score"))
        .of(
            "Intervals; their score is the mean width and what numbers outside cost, smaller is"
                + " better",
            levels);
  }

  private static Table classes(List<StoredRow> levels) {
    return new Table.Columns<StoredRow>()
        .number("promised", row -> percent(row, LEVEL))
        .number("covered", row -> percent(row, COVERAGE))
        .number("classes in a set, on average", row -> text(row, "mean_size"))
        .number("sets with one class", row -> percent(row, "single"))
        .of("Sets of classes", levels);
  }

  private static double number(StoredRow row, String column) {
    return RunRecord.number(row, column, Double.NaN);
  }

  private static String percent(StoredRow row, String column) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * number(row, column));
  }

  private static String text(StoredRow row, String column) {
    return new ShownMetric("rmse").text(number(row, column));
  }
}
