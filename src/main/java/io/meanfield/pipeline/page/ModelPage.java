package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunMetric;
import io.meanfield.registry.Change;
import io.meanfield.registry.History;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a registered model: the champion over time, the reason for each change, and the
 * versions. Needs no Spark session. Driver only.
 */
public final class ModelPage {
  private static final String RETRAIN = "settings.retrain.metric";

  private final String name;
  private final List<ModelVersion> versions;
  private final History history;
  private final Optional<ShownMetric> metric;

  private ModelPage(RegisteredModel model) {
    this.name = model.name();
    this.versions = model.versions();
    this.history = model.history();
    this.metric = mainMetric().map(ShownMetric::new);
  }

  /**
   * Returns the page of a model.
   *
   * @param now the end of the charts over time
   * @throws io.meanfield.error.UserException if a version or an entry of the history cannot be read
   */
  public static Page of(RegisteredModel model, Instant now) {
    ModelPage page = new ModelPage(model);
    return new Page(
        page.name,
        "Registered model",
        page.facts(),
        List.of(
            new Section("champion", "Champion", page.champion(now)),
            new Section("history", "History", List.of(page.changes())),
            new Section("versions", "Versions", List.of(page.versions()))));
  }

  /**
   * Returns the metric of retraining that the newest version names, if versions have it; else the
   * usual one that most versions have; empty if there is none.
   */
  private Optional<String> mainMetric() {
    Stream<String> named =
        versions.stream()
            .skip(Math.max(0, versions.size() - 1))
            .flatMap(version -> version.run().string(RETRAIN).stream())
            .map(metric -> metric.replace('-', '_'));
    return Stream.concat(named, RunMetric.MAIN.stream())
        .filter(metric -> count(metric) > 0)
        .reduce((best, next) -> count(next) > count(best) ? next : best);
  }

  private long count(String metric) {
    return versions.stream().filter(version -> version.metrics().containsKey(metric)).count();
  }

  private Optional<Double> value(ShownMetric shown, int number) {
    return versions.stream()
        .filter(version -> version.number() == number)
        .map(version -> Optional.ofNullable(version.metrics().get(shown.name())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    Optional<Integer> champion = history.champion();
    facts.add(Fact.strong("champion", champion.map(number -> "version " + number).orElse("none")));
    metric.ifPresent(
        shown ->
            champion
                .flatMap(number -> value(shown, number))
                .ifPresent(value -> facts.add(new Fact(shown.words(), shown.text(value)))));
    history
        .championEntry()
        .ifPresent(entry -> facts.add(new Fact("champion since", Numbers.time(entry.time()))));
    history
        .previousChampion()
        .ifPresent(before -> facts.add(new Fact("roll-back to", "version " + before)));
    facts.add(new Fact("versions", String.valueOf(versions.size())));
    return facts;
  }

  private List<Block> champion(Instant now) {
    List<HistoryEntry> promotions =
        history.entries().stream().filter(entry -> makesChampion(entry.change())).toList();
    if (promotions.isEmpty()) {
      return List.of(new Block.Prose("No version has become champion yet."));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(chart("version number", "version", promotions, now, ModelPage::version));
    metric.ifPresent(
        shown ->
            blocks.add(
                chart(
                    shown.words(),
                    shown.label(),
                    promotions,
                    now,
                    entry -> shown.scaled(value(shown, version(entry))))));
    return blocks;
  }

  private static boolean makesChampion(Change change) {
    return change.kind() == Change.Kind.PROMOTION || change.kind() == Change.Kind.ROLL_BACK;
  }

  private static int version(HistoryEntry entry) {
    return entry.change().versions().get(0);
  }

  private static Block chart(
      String by,
      String unit,
      List<HistoryEntry> promotions,
      Instant now,
      ToDoubleFunction<HistoryEntry> value) {
    int points = promotions.size() + 1; // the last champion until now
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      HistoryEntry promotion = promotions.get(Math.min(i, promotions.size() - 1));
      double time = (i < promotions.size() ? promotion.time() : now).toEpochMilli();
      // Clocks of the processes that promote may differ.
      x[i] = i == 0 ? time : Math.max(x[i - 1], time);
      y[i] = value.applyAsDouble(promotion);
    }
    return new Chart(
        Chart.Kind.LINES_OVER_TIME,
        "Champion by " + by,
        "time, UTC",
        unit,
        List.of(),
        List.of(new Chart.Series(unit, x, y, Chart.Line.STEP)),
        promotions.stream()
            .filter(entry -> entry.change().kind() == Change.Kind.ROLL_BACK)
            .map(entry -> new Chart.Marker((double) entry.time().toEpochMilli(), "roll-back"))
            .toList());
  }

  private Table changes() {
    Table.Columns<HistoryEntry> columns =
        new Table.Columns<HistoryEntry>()
            .time("time", entry -> Numbers.time(entry.time()))
            .text("change", entry -> entry.change().display())
            .number("version", entry -> numbers(entry.change().versions()))
            .number("before", entry -> numbers(entry.change().comparedWith().stream().toList()))
            .text("reason", entry -> entry.cause().reason());
    metric.ifPresent(
        shown ->
            columns
                .number(shown.label(), entry -> shown.cell(champion(shown, entry.change())))
                .number(
                    "before, " + shown.label(),
                    entry ->
                        shown.cell(
                            entry
                                .change()
                                .comparedWith()
                                .flatMap(number -> value(shown, number)))));
    columns
        .text("by", entry -> entry.cause().actor())
        .text("run", entry -> entry.cause().runId().orElse(""));
    return columns.of("Changes, newest first", newestFirst(history.entries()));
  }

  private static String numbers(Collection<Integer> versions) {
    return versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private Optional<Double> champion(ShownMetric shown, Change change) {
    return makesChampion(change) ? value(shown, change.versions().get(0)) : Optional.empty();
  }

  private Table versions() {
    Table.Columns<ModelVersion> columns =
        new Table.Columns<ModelVersion>()
            .number("version", version -> String.valueOf(version.number()))
            .text("name in commands", version -> version.name().toString())
            .text("aliases", version -> String.join(", ", history.aliases(version.number())))
            .time("created", version -> Numbers.time(version.created()));
    Stream<String> all =
        versions.stream().flatMap(version -> version.metrics().keySet().stream()).sorted();
    Stream.concat(metric.map(ShownMetric::name).stream(), all)
        .distinct()
        .map(ShownMetric::new)
        .forEach(
            shown ->
                columns.number(
                    shown.label(), version -> shown.cell(value(shown, version.number()))));
    columns.text("run", ModelVersion::runId);
    return columns.of("Versions, newest first", newestFirst(versions));
  }

  private static <T> List<T> newestFirst(List<T> oldestFirst) {
    List<T> reversed = new ArrayList<>(oldestFirst);
    Collections.reverse(reversed);
    return reversed;
  }
}
