package io.meanfield.pipeline.page;

import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Champion against challenger: the parts of the rule, and the metrics of both models. */
final class DecisionSection {
  private static final int MOST_CLASSES = 60;
  // Neither is better or worse than another one.
  private static final Set<String> NO_METRICS = Set.of("examples", "threshold");

  private DecisionSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> decisions = run.table("decisions");
    if (decisions.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Table.Columns<StoredRow>()
            .text("part of the rule", row -> row.text("rule").orElse(""))
            .number("found", row -> number(row, "value"))
            .number("bound", row -> number(row, "bound"))
            .text("result", row -> row.isTrue("passed") ? "passed" : "failed")
            .text("reason", row -> row.text("reason").orElse(""))
            .of("Decision", decisions));
    if (decisions.get(0).number("champion_value").isPresent()) { // else there was no comparison
      blocks.addAll(comparison(run, decisions.get(0)));
    }
    return blocks;
  }

  private static String number(StoredRow row, String column) {
    return row.number(column).map(ReadableNumber::rounded).orElse("");
  }

  private static List<Block> comparison(RunRecord run, StoredRow decision) {
    List<StoredRow> rows = run.table("comparison");
    String champion = version(run, decision, "champion");
    String challenger = version(run, decision, "challenger");
    List<Block> blocks = new ArrayList<>();
    String decides = decision.text("metric").orElse("");
    blocks.add(
        new Table.Columns<StoredRow>()
            .text("metric", row -> new ShownMetric(name(row)).words())
            .number(champion, row -> value(row, "champion"))
            .number(challenger, row -> value(row, "challenger"))
            .number("difference", DecisionSection::difference)
            .text("better", DecisionSection::better)
            .of(
                "Metrics on the same test examples; the first one decides",
                rows.stream()
                    .filter(row -> row.number("class").isEmpty())
                    .filter(row -> !NO_METRICS.contains(name(row)))
                    .sorted(Comparator.comparing(row -> !name(row).equals(decides)))
                    .toList()));
    List<StoredRow> recalls =
        rows.stream()
            .filter(row -> row.number("class").isPresent())
            .sorted(Comparator.comparingInt(row -> RunRecord.integer(row, "class")))
            .toList();
    if (!recalls.isEmpty() && recalls.size() <= MOST_CLASSES) {
      blocks.add(
          Chart.bars(
              Chart.Kind.BARS,
              "Recall by class",
              run.classNames(recalls.size()),
              "recall",
              List.of(
                  Chart.bars(champion, RunRecord.numbers(recalls, "champion")),
                  Chart.bars(challenger, RunRecord.numbers(recalls, "challenger")))));
    }
    return blocks;
  }

  /** Returns the name of a model with its part: "champion mnist@1". */
  private static String version(RunRecord run, StoredRow decision, String part) {
    return decision
        .number(part + "_version")
        .map(
            number ->
                part + " " + PastNights.model(run.manifest()).orElse("") + "@" + number.intValue())
        .orElse(part);
  }

  private static String name(StoredRow row) {
    return row.text("metric").orElse("");
  }

  private static String value(StoredRow row, String model) {
    return row.number(model).map(new ShownMetric(name(row))::text).orElse("");
  }

  private static double gain(StoredRow row) {
    return RunRecord.number(row, "challenger", Double.NaN)
        - RunRecord.number(row, "champion", Double.NaN);
  }

  private static String difference(StoredRow row) {
    double gain = gain(row);
    if (Double.isNaN(gain)) {
      return "";
    }
    double size = Math.abs(gain);
    return (gain < 0 ? "−" : "+")
        + (Metrics.isShare(name(row))
            ? String.format(Locale.ROOT, "%.2f points", 100 * size)
            : size < 1 ? String.format(Locale.ROOT, "%.4f", size) : ReadableNumber.text(size));
  }

  private static String better(StoredRow row) {
    double gain = gain(row);
    if (Double.isNaN(gain) || gain == 0) {
      return Double.isNaN(gain) ? "" : "equal";
    }
    Direction direction = Metrics.directions().getOrDefault(name(row), Direction.SMALLER_IS_BETTER);
    return gain > 0 == (direction == Direction.LARGER_IS_BETTER) ? "challenger" : "champion";
  }
}
