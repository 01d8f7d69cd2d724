package io.meanfield.pipeline.page;

import io.meanfield.registry.Change;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Series;
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
    List<HistoryEntry> promotions,
    Map<Integer, ModelVersion> versions,
    Optional<ShownMetric> metric) {
  private static final Axis TIME = Axis.time("time, UTC");

  List<Block> blocks(Instant now) {
    List<Block> charts = new ArrayList<>();
    charts.add(chart("Champion by version number", "version", now, entry -> version(entry)));
    metric.ifPresent(
        shown ->
            charts.add(
                chart(
                    "Champion by " + MetricName.shown(shown.name()),
                    shown.label(),
                    now,
                    entry -> shown.of(Optional.ofNullable(versions.get(version(entry)))))));
    return charts;
  }

  private Block chart(
      String caption, String unit, Instant now, ToDoubleFunction<HistoryEntry> value) {
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
    return new LineChart(
        caption,
        TIME,
        Axis.linear(unit),
        List.of(new Series(unit, x, y, Series.Line.STEP)),
        rollBacks());
  }

  private List<Marker> rollBacks() {
    return promotions.stream()
        .filter(entry -> entry.change().kind() == Change.Kind.ROLL_BACK)
        .map(entry -> new Marker((double) entry.time().toEpochMilli(), "roll-back"))
        .toList();
  }

  private static int version(HistoryEntry entry) {
    return entry.change().versions().get(0);
  }
}
