package io.meanfield.pipeline.page;

import io.meanfield.registry.Change;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Charts of the champion over time, as steps.
 *
 * @param promotions the promotions and roll-backs, oldest first; at least one
 * @param versions those that are not pruned, by number
 * @param metric of the second chart; without one there is no second chart
 */
record ChampionCharts(
    List<HistoryEntry> promotions, Map<Integer, ModelVersion> versions, Optional<String> metric) {
  List<Block> blocks(Instant now) {
    List<Block> charts = new ArrayList<>();
    charts.add(chart("Version that was champion", "version", now, ChampionCharts::version));
    metric.ifPresent(
        name ->
            charts.add(chart(name + " of the champion", name, now, entry -> value(entry, name))));
    return charts;
  }

  private Block chart(
      String caption, String unit, Instant now, ToDoubleFunction<HistoryEntry> value) {
    ChronoUnit time = unit(Duration.between(first(), now));
    int points = promotions.size() + 1; // the last champion until now
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      HistoryEntry promotion = promotions.get(Math.min(i, promotions.size() - 1));
      double since = since(i < promotions.size() ? promotion.time() : now, time);
      // Clocks of the processes that promote may differ.
      x[i] = Math.max(i == 0 ? 0 : x[i - 1], since);
      y[i] = value.applyAsDouble(promotion);
    }
    return new LineChart(
        caption,
        Axis.linear(time.toString().toLowerCase(Locale.ROOT) + " since " + Numbers.time(first())),
        Axis.linear(unit),
        List.of(new Series(unit, x, y, Series.Line.STEP)),
        rollBacks(time));
  }

  /** Returns the unit of the time axis: days from two days on, hours from two hours on. */
  static ChronoUnit unit(Duration all) {
    return Stream.of(ChronoUnit.DAYS, ChronoUnit.HOURS)
        .filter(unit -> all.dividedBy(unit.getDuration()) >= 2)
        .findFirst()
        .orElse(ChronoUnit.MINUTES);
  }

  private List<Marker> rollBacks(ChronoUnit time) {
    return promotions.stream()
        .filter(entry -> entry.change().kind() == Change.Kind.ROLL_BACK)
        .map(entry -> new Marker(since(entry.time(), time), "roll-back"))
        .toList();
  }

  private Instant first() {
    return promotions.get(0).time();
  }

  private double since(Instant time, ChronoUnit unit) {
    return Duration.between(first(), time).toMillis() / (double) unit.getDuration().toMillis();
  }

  private static double version(HistoryEntry entry) {
    return entry.change().versions().get(0);
  }

  /** Returns the metric of a champion; NaN if its version is pruned or lacks the metric. */
  private double value(HistoryEntry entry, String name) {
    return Optional.ofNullable(versions.get(entry.change().versions().get(0)))
        .map(version -> version.metrics().get(name))
        .orElse(Double.NaN);
  }
}
