package io.meanfield.pipeline.page;

import io.meanfield.registry.Change;
import io.meanfield.registry.History;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.UtcTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The page of a registered model: the champion over time, the reason for each change, and the
 * versions. Needs no Spark session. Driver only.
 */
public final class ModelPage {
  private final String name;
  private final List<ModelVersion> versions;
  private final Map<Integer, ModelVersion> byNumber;
  private final History history;
  private final Optional<ShownMetric> metric;

  private ModelPage(RegisteredModel model) {
    this.name = model.name();
    this.versions = model.versions();
    this.byNumber =
        versions.stream().collect(Collectors.toMap(ModelVersion::number, Function.identity()));
    this.history = model.history();
    this.metric = MainMetric.of(versions).map(ShownMetric::new);
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
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("champion", "Champion", champion(now)));
    sections.add(
        new Section("history", "History", List.of(new ChangeTable(byNumber, metric).of(history))));
    sections.add(
        new Section(
            "versions", "Versions", List.of(new VersionTable(history, metric).of(versions))));
    return new Page(name, "Registered model", facts(), sections);
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.strong(
            "champion", history.champion().map(number -> "version " + number).orElse("none")));
    history
        .champion()
        .map(byNumber::get)
        .flatMap(
            champion ->
                metric.flatMap(
                    shown ->
                        shown
                            .text(champion)
                            .map(value -> new Fact(MetricName.shown(shown.name()), value))))
        .ifPresent(facts::add);
    history
        .championEntry()
        .map(entry -> new Fact("champion since", UtcTime.of(entry.time())))
        .ifPresent(facts::add);
    facts.add(new Fact("versions", String.valueOf(versions.size())));
    return facts;
  }

  private List<Block> champion(Instant now) {
    List<HistoryEntry> promotions =
        history.entries().stream().filter(entry -> makesChampion(entry.change())).toList();
    if (promotions.isEmpty()) {
      return List.of(new Paragraph("No version has become champion yet."));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(sentence(promotions.get(promotions.size() - 1))));
    blocks.addAll(new ChampionCharts(promotions, byNumber, metric).blocks(now));
    return blocks;
  }

  private String sentence(HistoryEntry newest) {
    return "Version "
        + newest.change().versions().get(0)
        + " has been the champion since "
        + UtcTime.of(newest.time())
        + ". Reason: "
        + ChangeText.reason(newest.cause())
        + history
            .previousChampion()
            .map(before -> " A roll-back would make version " + before + " the champion again.")
            .orElse("");
  }

  static boolean makesChampion(Change change) {
    return change.kind() == Change.Kind.PROMOTION || change.kind() == Change.Kind.ROLL_BACK;
  }
}
