package io.meanfield.pipeline.compare;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Series;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The curves of a comparison as charts. Of long runs, or of many, a chart shows every second epoch,
 * every third or so, with the best and the last of each run, so that the page stays small.
 */
record CurveCharts(List<Curve> curves) {
  private static final int MOST_POINTS = 500; // of a line, as on the page of a run
  private static final int MOST_VALUES = 9_000; // of all lines; each takes 100 bytes of the page
  private static final int FEWEST_POINTS = 10;

  List<Block> blocks() {
    int step = step();
    return curves.stream().map(curve -> chart(curve, step)).toList();
  }

  private int step() {
    int lines = curves.stream().mapToInt(curve -> curve.lines().size()).sum();
    int longest =
        curves.stream()
            .flatMap(curve -> curve.lines().stream())
            .mapToInt(line -> line.epochs().size())
            .max()
            .orElse(0);
    int points = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, MOST_VALUES / Math.max(1, lines)));
    return Math.max(1, (longest + points - 1) / points);
  }

  private static Block chart(Curve curve, int step) {
    String metric = curve.metric().replace('_', ' ');
    return new LineChart(
        step == 1
            ? metric
            : metric + ", every " + step + " epochs, with the best and the last of each run",
        Axis.linear("epoch"),
        Axis.linear(metric),
        curve.lines().stream().map(line -> series(line, step, curve.order())).toList(),
        List.of());
  }

  private static Series series(Curve.Line line, int step, Comparator<Double> order) {
    List<Double> values = line.values();
    int last = values.size() - 1;
    int best =
        IntStream.rangeClosed(0, last)
            .boxed()
            .min(Comparator.comparing(values::get, order))
            .orElseThrow();
    int[] shown =
        IntStream.rangeClosed(0, last)
            .filter(i -> (line.epochs().get(i) - 1) % step == 0 || i == best || i == last)
            .toArray();
    return new Series(
        line.run(),
        IntStream.of(shown).mapToDouble(i -> line.epochs().get(i)).toArray(),
        IntStream.of(shown).mapToDouble(values::get).toArray());
  }
}
