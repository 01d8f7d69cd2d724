package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunMetric;
import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Hint;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
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

  private SummarySection() {}

  /** Returns the facts for the header of the page: state, main metric, start and duration. */
  static List<Fact> header(RunRecord run) {
    Status status = run.status();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("state", status.state().name().toLowerCase(Locale.ROOT)));
    RunMetric.mainOf(status.result().metrics()).map(SummarySection::fact).ifPresent(facts::add);
    r2(run).map(SummarySection::r2Fact).ifPresent(facts::add);
    facts.add(new Fact("started", Numbers.time(status.started())));
    status
        .finished()
        .map(end -> Numbers.duration(Duration.between(status.started(), end)))
        .ifPresent(duration -> facts.add(new Fact("duration", duration)));
    return facts;
  }

  private static Optional<Double> r2(RunRecord run) {
    Map<String, Double> metrics = run.status().result().metrics();
    return Optional.ofNullable(metrics.getOrDefault("r2", metrics.get("validation_r2")));
  }

  private static Fact r2Fact(double r2) {
    String name = MetricName.shown("r2");
    return r2 <= 0
        ? Fact.warning(name, ReadableNumber.text(r2))
        : new Fact(name, ReadableNumber.text(r2));
  }

  private static Fact fact(RunMetric main) {
    return Fact.strong(MetricName.shown(main.name()), value(main));
  }

  private static String value(RunMetric main) {
    if (main.isAccuracy()) {
      return Numbers.percent(main.value());
    }
    return main.name().equals(ReinforceSettings.MEAN_RETURN)
        ? Numbers.returned(main.value())
        : ReadableNumber.text(main.value());
  }

  static Optional<Section> of(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(sentence(run.status().message())));
    r2(run)
        .filter(r2 -> r2 <= 0)
        .map(
            r2 ->
                new Hint(
                    "The model is no better than predicting the mean of the targets: its R² is "
                        + ReadableNumber.text(r2)
                        + ", and that of the mean is 0."))
        .ifPresent(blocks::add);
    List<List<Cell>> model = model(run);
    if (!model.isEmpty()) {
      List<Column> columns = List.of(Column.text("name"), Column.text("value"));
      blocks.add(new DataTable("Model", columns, model));
    }
    if (!run.status().result().metrics().isEmpty()) {
      blocks.add(metrics(new TreeMap<>(run.status().result().metrics())));
    }
    return Optional.of(new Section("summary", "Summary", blocks));
  }

  // Messages are written for a terminal, where they follow a word such as "done".
  private static String sentence(String message) {
    if (message.isBlank()) {
      return "The run has left no message.";
    }
    String end = message.endsWith(".") ? "" : ".";
    return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + end;
  }

  private static List<List<Cell>> model(RunRecord run) {
    List<List<Cell>> rows = new ArrayList<>();
    run.manifest().string("model.name").ifPresent(name -> rows.add(row("model", name)));
    run.manifest()
        .section("settings.network")
        .filter(network -> network.hasPath("layers"))
        .map(network -> Layers.text(network.getList("layers").unwrapped()))
        .ifPresent(layers -> rows.add(row("layers", layers)));
    run.manifest().string("engine").ifPresent(engine -> rows.add(row("engine", engine)));
    run.status()
        .result()
        .weightsSha256()
        .ifPresent(sha256 -> rows.add(row("weights, SHA-256", sha256)));
    return rows;
  }

  private static List<Cell> row(String name, String value) {
    return List.of(Cell.of(name), Cell.of(value));
  }

  private static DataTable metrics(Map<String, Double> metrics) {
    return new DataTable(
        "Metrics",
        List.of(Column.text("metric"), Column.number("value")),
        metrics.entrySet().stream()
            .map(
                metric ->
                    List.of(Cell.of(MetricName.shown(metric.getKey())), value(metric.getValue())))
            .toList());
  }

  private static Cell value(double metric) {
    return Cell.of(metric, Double.isFinite(metric) ? ReadableNumber.decimals(metric, DIGITS) : 0);
  }
}
