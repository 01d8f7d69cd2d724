package io.meanfield.pipeline.page;

import io.meanfield.evaluate.baseline.BaselineScore;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How good the model is, and compared with what. */
final class ResultSection {
  private static final int DECIMALS = 4;
  private static final Set<String> HAVE_UNIT = Set.of("rmse", "mae", "mse", "pinball");
  private static final Map<String, String> MODELS =
      Map.of(
          BaselineScore.NETWORK,
          "this network",
          "mean",
          "always the mean",
          "quantile",
          "always the quantile of the training examples",
          "most frequent class",
          "always the most frequent class",
          "linear",
          "linear model (MLlib)",
          "boosted trees",
          "boosted trees (MLlib)",
          "random forest",
          "random forest (MLlib)");

  private ResultSection() {}

  static List<Block> blocks(RunRecord run) {
    return Stream.concat(
            run.baselines().map(table -> blocks(run, table)).orElse(List.of()).stream(),
            TargetSection.blocks(run).stream())
        .toList();
  }

  /** Returns the facts for the header of the page: the main metric beside its best baseline. */
  static List<Fact> header(BaselineTable table) {
    List<Fact> facts = new ArrayList<>();
    for (String metric : table.metrics().stream().limit(1).toList()) {
      ShownMetric shown = new ShownMetric(metric);
      table
          .network(metric)
          .ifPresent(value -> facts.add(Fact.strong(shown.words(), text(metric, value))));
      table
          .bestBaseline(metric)
          .ifPresent(
              best ->
                  facts.add(new Fact("best baseline: " + best.name(), text(metric, best.value()))));
    }
    return facts;
  }

  private static List<Block> blocks(RunRecord run, BaselineTable table) {
    List<Block> blocks = new ArrayList<>();
    if (table.metrics().isEmpty()) {
      return blocks;
    }
    blocks.add(new Block.Prose(sentence(run, table)));
    verdict(table).ifPresent(found -> blocks.add(new Block.Prose(found, true)));
    blocks.add(comparison(table, examples(run)));
    table
        .missing()
        .ifPresent(
            models ->
                blocks.add(
                    new Block.Prose(
                        "With `run.baselines = all` %s of Spark MLlib are trained on the same rows and listed here."
                            .formatted(models))));
    return blocks;
  }

  private static String examples(RunRecord run) {
    String kind = run.table("evaluation").isEmpty() ? "validation" : "test";
    return count(run, kind)
        .map(count -> String.format(Locale.ROOT, "%,d %s examples", count, kind))
        .orElse(kind + " examples");
  }

  private static Optional<Long> count(RunRecord run, String kind) {
    // With folds, all are compared on the first one.
    List<String> keys =
        kind.equals("test")
            ? List.of("data.test.examples")
            : List.of("data.train.fold", "data.train.validation");
    return keys.stream()
        .filter(run.manifest().json()::hasPath)
        .findFirst()
        .map(run.manifest().json()::getLong);
  }

  private static String sentence(RunRecord run, BaselineTable table) {
    String examples = examples(run);
    if (!table.hasUnit()) {
      return String.format(
          Locale.ROOT,
          "On %s, which the network has not learned from, the mean R² of its targets is %s; the"
              + " last table has the errors of each.",
          examples,
          text(table.network("r2"), "r2"));
    }
    String target = "`" + target(run) + "`";
    if (table.network("pinball").isPresent()) {
      return String.format(
          Locale.ROOT,
          "The predictions of %1$s are a quantile, `network.quantile`. On %2$s, which the network has"
              + " not learned from, the share of numbers at or below their predictions misses it by"
              + " %3$s points, and the mean pinball loss is %4$s, in the unit of %1$s; that of always"
              + " predicting the quantile of the training examples is %5$s.",
          target,
          examples,
          table
              .network("quantile_error")
              .map(error -> String.format(Locale.ROOT, "%.1f", 100 * error))
              .orElse("an unknown number of"),
          text(table.network("pinball"), "pinball"),
          text(table.value(table.constant(), "pinball"), "pinball"));
    }
    if (table.network("rmse").isPresent()) {
      return String.format(
          Locale.ROOT,
          "On %s, which the network has not learned from, its predictions of %s are off by %s on"
              + " average (MAE), in the unit of %s; always predicting the mean is off by %s.",
          examples,
          target,
          text(table.network("mae"), "mae"),
          target,
          text(table.value(table.constant(), "mae"), "mae"));
    }
    String accuracies =
        String.format(
            Locale.ROOT,
            "On %s, which the network has not learned from, it predicts %s correctly for %s; always"
                + " predicting the most frequent class is correct for %s.",
            examples,
            target,
            text(table.network("accuracy"), "accuracy"),
            text(table.value(table.constant(), "accuracy"), "accuracy"));
    return table.metrics().get(0).equals("accuracy")
        ? accuracies
        : accuracies
            + " Because one class is that frequent, the accuracy says little; compare "
            + new ShownMetric(table.metrics().get(0)).words()
            + ".";
  }

  // A metric without a unit has as many decimals in each row.
  private static String text(String metric, double value) {
    return HAVE_UNIT.contains(metric) || Metrics.isShare(metric)
        ? new ShownMetric(metric).text(value)
        : ReadableNumber.rounded(value, DECIMALS);
  }

  private static String text(Optional<Double> value, String metric) {
    return value.map(found -> text(metric, found)).orElse("an unknown number");
  }

  /** Returns the column that the model predicts. */
  static String target(RunRecord run) {
    return run.manifest()
        .string("settings.data.columns.label")
        .or(() -> Optional.of(String.join(", ", targets(run))).filter(names -> !names.isEmpty()))
        .orElse("the target");
  }

  /** Returns the columns that a regression predicts, in the order of its outputs. */
  static List<String> targets(RunRecord run) {
    return TargetNames.of(run.manifest()).columns();
  }

  private static Optional<String> verdict(BaselineTable table) {
    String metric = table.metrics().get(0);
    ShownMetric shown = new ShownMetric(metric);
    return table
        .bestBaseline(metric)
        .filter(
            best ->
                table
                    .network(metric)
                    .filter(own -> BaselineTable.isBetter(metric, best.value(), own))
                    .isPresent())
        .map(
            best ->
                String.format(
                    Locale.ROOT,
                    "A simpler model is better: %s has the %s %s, this network %s.",
                    name(best.name()),
                    shown.words(),
                    text(metric, best.value()),
                    text(table.network(metric), metric)));
  }

  private static String name(String model) {
    return MODELS.getOrDefault(model, model);
  }

  private static Table comparison(BaselineTable table, String examples) {
    Table.Columns<String> columns = new Table.Columns<String>().text("model", ResultSection::name);
    for (String metric : table.metrics()) {
      columns.number(
          new ShownMetric(metric).words(),
          model ->
              table
                  .value(model, metric)
                  .map(value -> starred(table.isBest(model, metric), metric, value))
                  .orElse(""));
    }
    return columns.of("Models on the same " + examples, table.models().keySet());
  }

  private static String starred(boolean isBest, String metric, double value) {
    return (isBest ? "★ " : "") + text(metric, value);
  }
}
