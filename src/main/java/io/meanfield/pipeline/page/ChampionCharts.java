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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Charts of the champion over time, as steps.
 *
 * @param promotions the promotions and roll-backs, oldest first; at least one
 * @param versions those that are not pruned, by number
 * @param metric of the second chart; without one there is no second chart
 */
record ChampionCharts(
    List<HistoryEntry> promotions, Map<Integer, ModelVersion> versions, Optional<String> metric) {
  private static final double HOURS_A_DAY = 24;

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
    int points = promotions.size() + 1; // the last champion until now
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      HistoryEntry promotion = promotions.get(Math.min(i, promotions.size() - 1));
      // Clocks of the processes that promote may differ.
      x[i] = Math.max(i == 0 ? 0 : x[i - 1], days(i < promotions.size() ? promotion.time() : now));
      y[i] = value.applyAsDouble(promotion);
    }
    String since = "days since " + promotions.get(0).time().toString().substring(0, 10);
    return new LineChart(
        caption,
        Axis.linear(since),
        Axis.linear(unit),
        List.of(new Series(unit, x, y, Series.Line.STEP)),
        rollBacks());
  }

  private List<Marker> rollBacks() {
    return promotions.stream()
        .filter(entry -> entry.change().kind() == Change.Kind.ROLL_BACK)
        .map(entry -> new Marker(days(entry.time()), "roll-back"))
        .toList();
  }

  private double days(Instant time) {
    return Duration.between(promotions.get(0).time(), time).toMinutes() / 60.0 / HOURS_A_DAY;
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
