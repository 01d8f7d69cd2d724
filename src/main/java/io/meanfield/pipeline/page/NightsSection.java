package io.meanfield.pipeline.page;

import io.meanfield.pipeline.page.PastNights.Night;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chart.Marker;
import io.meanfield.report.page.Chart.Series;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The decisions about a model up to this night. */
final class NightsSection {
  private static final int MOST_NIGHTS = 100;
  private static final int MOST_MARKERS = 8;

  private final List<Night> nights;
  private final String metric;

  private NightsSection(List<Night> nights) {
    this.nights = nights;
    this.metric =
        nights.stream()
            .flatMap(night -> night.decision().stream())
            .flatMap(row -> row.text("metric").stream())
            .reduce("", (earlier, later) -> later);
  }

  static List<Block> blocks(RunRecord run) {
    if (!run.retrains()) {
      return List.of();
    }
    List<Night> all = PastNights.upTo(run);
    return all.size() < 2
        ? List.of()
        : new NightsSection(all.subList(Math.max(0, all.size() - MOST_NIGHTS), all.size()))
            .blocks();
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<Series> lines =
        Stream.of(line("champion"), line("challenger"))
            .filter(each -> each.x().length > 0)
            .toList();
    if (!lines.isEmpty()) {
      String measure = new ShownMetric(metric).words();
      blocks.add(
          Chart.lines(
              "Champion and challenger of each night: " + measure,
              "night",
              measure,
              lines,
              markers()));
    }
    List<Night> newestFirst = new ArrayList<>(nights);
    Collections.reverse(newestFirst);
    blocks.add(
        new Table.Columns<Night>()
            .number("night", night -> Integer.toString(nights.indexOf(night) + 1))
            .number("date", Night::date)
            .text("run", Night::run)
            .text("outcome", Night::outcome)
            .number("champion", night -> value(night, "champion_value"))
            .number("challenger", night -> value(night, "challenger_value"))
            .of("Nights, the newest first", newestFirst));
    return blocks;
  }

  /** Returns the values of a model in the nights that have compared by the newest metric. */
  private Series line(String model) {
    Map<Integer, Double> values = new TreeMap<>();
    for (int i = 0; i < nights.size(); i++) {
      int number = i + 1;
      nights
          .get(i)
          .decision()
          .filter(row -> row.text("metric").equals(Optional.of(metric)))
          .flatMap(row -> row.number(model + "_value"))
          .ifPresent(value -> values.put(number, value));
    }
    return new Series(
        model,
        values.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
        values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private List<Marker> markers() {
    List<Marker> markers =
        IntStream.range(0, nights.size())
            .filter(i -> nights.get(i).isPromoted() || nights.get(i).isRefused())
            .mapToObj(i -> new Marker(i + 1, nights.get(i).outcome()))
            .toList();
    return markers.subList(Math.max(0, markers.size() - MOST_MARKERS), markers.size());
  }

  private static String value(Night night, String column) {
    return night.decision().flatMap(row -> shown(row, column)).orElse("");
  }

  private static Optional<String> shown(StoredRow row, String column) {
    return row.number(column).map(new ShownMetric(row.text("metric").orElse(""))::text);
  }
}
