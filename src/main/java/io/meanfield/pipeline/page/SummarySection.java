package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunMetric;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Table;
import io.meanfield.store.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the run did and how it ended. */
final class SummarySection {
  private static final int DIGITS = 6;
  private static final String R2 = "R²";

  private SummarySection() {}

  /** Returns the facts for the header of the page: state, main metric, start and duration. */
  static List<Fact> header(RunRecord run) {
    Status status = run.status();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("state", status.state().name().toLowerCase(Locale.ROOT)));
    Optional<BaselineTable> baselines = run.baselines();
    if (baselines.isPresent()) {
      facts.addAll(ResultSection.header(baselines.get()));
    } else if (run.table(TargetSection.TABLE).isEmpty()) {
      RunMetric.mainOf(status.result().metrics()).map(SummarySection::fact).ifPresent(facts::add);
    }
    r2(run)
        .filter(r2 -> facts.stream().noneMatch(fact -> fact.name().equals(R2)))
        .map(r2 -> new Fact(R2, ReadableNumber.text(r2), r2 <= 0 ? "warning" : ""))
        .ifPresent(facts::add);
    facts.add(new Fact("started", Numbers.time(status.started())));
    status
        .finished()
        .map(end -> Numbers.duration(Duration.between(status.started(), end)))
        .ifPresent(duration -> facts.add(new Fact("duration", duration)));
    return facts;
  }

  private static Fact fact(RunMetric main) {
    ShownMetric shown = new ShownMetric(main.name());
    return Fact.strong(shown.words(), shown.text(main.value()));
  }

  /** Returns the R²; empty of quantiles, which are not near the mean. */
  private static Optional<Double> r2(RunRecord run) {
    Map<String, Double> metrics = run.status().result().metrics();
    return metrics.containsKey("pinball") || metrics.containsKey("validation_pinball")
        ? Optional.empty()
        : Optional.ofNullable(metrics.getOrDefault("r2", metrics.get("validation_r2")));
  }

  static List<Block> blocks(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    // Each failed check of the data gate is a line.
    for (String line : run.status().message().split("\n", -1)) {
      blocks.add(new Block.Prose(sentence(line)));
    }
    r2(run)
        .filter(r2 -> r2 <= 0)
        .ifPresent(
            r2 ->
                blocks.add(
                    new Block.Prose(
                        String.format(
                            Locale.ROOT,
                            "The model is no better than predicting the mean of the targets: its R²"
                                + " is %s, and that of the mean is 0.",
                            ReadableNumber.text(r2)),
                        true)));
    network(run).ifPresent(line -> blocks.add(new Block.Prose(line)));
    Map<String, String> model = model(run);
    if (!model.isEmpty()) {
      blocks.add(new Block.Folded(RecordSection.table("Model", model)));
    }
    Map<String, Double> metrics = new TreeMap<>(run.status().result().metrics());
    if (!metrics.isEmpty()) {
      blocks.add(
          new Block.Folded(
              new Table.Columns<Map.Entry<String, Double>>()
                  .text("metric", metric -> new ShownMetric(metric.getKey()).words())
                  .number("value", metric -> value(metric.getValue()))
                  .of("Metrics", metrics.entrySet())));
    }
    return blocks;
  }

  private static Optional<String> network(RunRecord run) {
    return NetworkLine.of(run.manifest().json()).map(line -> "Network: " + line + ".");
  }

  // Messages are written for a terminal, where they follow a word such as "done".
  private static String sentence(String message) {
    if (message.isBlank()) {
      return "The run has left no message.";
    }
    String end = message.endsWith(".") ? "" : ".";
    return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + end;
  }

  private static Map<String, String> model(RunRecord run) {
    Map<String, String> model = new TreeMap<>();
    run.manifest().string("model.name").ifPresent(name -> model.put("model", name));
    run.manifest()
        .section("settings.network")
        .filter(network -> network.hasPath("layers"))
        .ifPresent(
            network -> model.put("layers", NetworkLine.all(network.getList("layers").unwrapped())));
    run.manifest().string("engine").ifPresent(engine -> model.put("engine", engine));
    run.status()
        .result()
        .weightsSha256()
        .ifPresent(sha256 -> model.put("weights, SHA-256", sha256));
    return model;
  }

  private static String value(double metric) {
    return Numbers.decimals(
        metric, Double.isFinite(metric) ? ReadableNumber.decimals(metric, DIGITS) : 0);
  }
}
