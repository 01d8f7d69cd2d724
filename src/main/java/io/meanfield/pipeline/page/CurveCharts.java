package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The learning curves of several runs, laid over each other. */
final class CurveCharts {
  private static final int MOST_POINTS = 500; // of a line, as on the page of a run
  private static final int MOST_VALUES = 9_000; // of all lines of a page
  private static final int FEWEST_POINTS = 10;

  private CurveCharts() {}

  /** Returns a chart of each curve; long lines have every second epoch, every third or so. */
  static List<Block> of(List<Curve> curves) {
    int lines = curves.stream().mapToInt(curve -> curve.lines().size()).sum();
    int most = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, MOST_VALUES / Math.max(1, lines)));
    int longest =
        curves.stream()
            .flatMap(curve -> curve.lines().stream())
            .mapToInt(line -> line.epochs().size())
            .max()
            .orElse(0);
    int step = Math.max(1, (longest + most - 1) / most);
    return curves.stream().map(curve -> chart(curve, step)).toList();
  }

  private static Block chart(Curve curve, int step) {
    String shown = new ShownMetric(curve.metric()).words();
    return Chart.lines(
        shown + (step == 1 ? "" : ", every " + step + " epochs"),
        "epoch",
        shown,
        curve.lines().stream().map(line -> series(curve, line, step)).toList(),
        List.of());
  }

  /** Returns every so many epochs of a line, and always its best and its last one. */
  private static Chart.Series series(Curve curve, Curve.Line line, int step) {
    int last = line.values().size() - 1;
    Comparator<Double> lowest = Comparator.naturalOrder();
    Comparator<Double> best = curve.metric().endsWith("loss") ? lowest : lowest.reversed();
    int kept =
        IntStream.rangeClosed(0, last)
            .boxed()
            .min(Comparator.comparing(line.values()::get, best))
            .orElseThrow();
    int[] shown =
        IntStream.rangeClosed(0, last)
            .filter(i -> i % step == 0 || i == last || i == kept)
            .toArray();
    return new Chart.Series(
        line.run(),
        IntStream.of(shown).mapToDouble(i -> line.epochs().get(i)).toArray(),
        IntStream.of(shown).mapToDouble(line.values()::get).toArray());
  }
}
