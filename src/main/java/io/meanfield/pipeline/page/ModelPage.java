package io.meanfield.pipeline.page;

import io.meanfield.registry.Change;
import io.meanfield.registry.History;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a registered model: the champion over time, the reason for each change, and the
 * versions. Needs no Spark session. Driver only.
 */
public final class ModelPage {
  private static final int DIGITS = 4;

  private final RegisteredModel model;
  private final List<ModelVersion> versions;
  private final Map<Integer, ModelVersion> byNumber;
  private final History history;

  private ModelPage(RegisteredModel model) {
    this.model = model;
    this.versions = model.versions();
    this.byNumber =
        versions.stream().collect(Collectors.toMap(ModelVersion::number, Function.identity()));
    this.history = model.history();
  }

  /**
   * Returns the page of a model.
   *
   * @param now the end of the charts over time
   * @throws io.meanfield.error.UserException if a version or an entry of the history cannot be read
   */
  public static Page of(RegisteredModel model, Instant now) {
    return new ModelPage(model).page(now);
  }

  private Page page(Instant now) {
    return new Page(
        model.name(),
        "Registered model",
        List.of(
            Fact.strong("champion", history.champion().map(this::name).orElse("none")),
            new Fact("versions", String.valueOf(versions.size()))),
        List.of(
            new Section("champion", "Champion over time", champion(now)),
            new Section("history", "History", List.of(changes())),
            new Section("versions", "Versions", List.of(table()))));
  }

  private List<Block> champion(Instant now) {
    List<HistoryEntry> promotions =
        history.entries().stream().filter(entry -> makesChampion(entry.change())).toList();
    return promotions.isEmpty()
        ? List.of(new Paragraph("No version has become champion yet."))
        : new ChampionCharts(promotions, byNumber, MainMetric.of(versions)).blocks(now);
  }

  static boolean makesChampion(Change change) {
    return change.kind() == Change.Kind.PROMOTION || change.kind() == Change.Kind.ROLL_BACK;
  }

  private String name(int version) {
    return model.name() + "@" + version;
  }

  private Block changes() {
    Optional<String> metric = MainMetric.of(versions);
    String shown = metric.orElse("metric");
    return new DataTable(
        "Changes, oldest first",
        Stream.concat(
                Stream.of("time", "change", "versions", "champion before").map(Column::text),
                Stream.concat(
                    Stream.of(shown, shown + " before").map(Column::number),
                    Stream.of("actor", "run", "reason").map(Column::text)))
            .toList(),
        history.entries().stream().map(entry -> change(entry, metric)).toList());
  }

  private List<Cell> change(HistoryEntry entry, Optional<String> metric) {
    Change change = entry.change();
    Optional<Integer> version =
        makesChampion(change) ? change.versions().stream().findFirst() : Optional.empty();
    return List.of(
        Cell.of(time(entry.time())),
        Cell.of(change.display()),
        Cell.of(change.versions().stream().map(this::name).collect(Collectors.joining(", "))),
        Cell.of(change.comparedWith().map(this::name).orElse("")),
        metric(version, metric),
        metric(change.comparedWith(), metric),
        Cell.of(entry.cause().actor()),
        Cell.of(entry.cause().runId().orElse("")),
        Cell.of(entry.cause().reason()));
  }

  private Cell metric(Optional<Integer> version, Optional<String> metric) {
    double value =
        version
            .flatMap(number -> Optional.ofNullable(byNumber.get(number)))
            .flatMap(found -> metric.map(name -> found.metrics().get(name)))
            .orElse(Double.NaN);
    return Cell.of(value, DIGITS);
  }

  private Block table() {
    List<String> metrics =
        List.copyOf(
            versions.stream()
                .flatMap(version -> version.metrics().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    return new DataTable(
        "Versions, oldest first",
        Stream.concat(
                Stream.of("version", "aliases", "created", "run").map(Column::text),
                metrics.stream().map(Column::number))
            .toList(),
        versions.stream().map(version -> version(version, metrics)).toList());
  }

  private List<Cell> version(ModelVersion version, List<String> metrics) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(version.name().toString()));
    cells.add(Cell.of(String.join(", ", history.aliases(version.number()))));
    cells.add(Cell.of(time(version.created())));
    cells.add(Cell.of(version.runId()));
    metrics.forEach(
        name -> cells.add(Cell.of(version.metrics().getOrDefault(name, Double.NaN), DIGITS)));
    return cells;
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
