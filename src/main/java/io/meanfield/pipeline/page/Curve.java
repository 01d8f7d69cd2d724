package io.meanfield.pipeline.page;

import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EpochResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How a loss or an accuracy of the compared runs developed.
 *
 * @param metric named as the column of the table {@code epochs}, or {@code mean_return}
 * @param lines the values by run; a run without the metric is absent
 */
public record Curve(String metric, List<Line> lines) {
  private static final int MOST_POINTS = 500; // of a line, as on the page of a run
  private static final int MOST_VALUES = 9_000; // of all lines of a page
  private static final int FEWEST_POINTS = 10;

  /** The values of one run, each with its epoch. */
  public record Line(String run, List<Integer> epochs, List<Double> values) {}

  /** Returns the curves that at least one run has. */
  static List<Curve> of(List<ComparedRun> runs) {
    Map<String, Function<EpochResult, Optional<Double>>> metrics = new LinkedHashMap<>();
    // The metric that runs of play monitor; that of others depends on their settings.
    metrics.put(ReinforceSettings.MEAN_RETURN, epoch -> epoch.scores().monitored());
    metrics.put("validation_loss", EpochResult::validationLoss);
    metrics.put("validation_accuracy", EpochResult::validationAccuracy);
    metrics.put("train_loss", epoch -> Optional.of(epoch.trainLoss()));
    metrics.put("train_accuracy", EpochResult::trainAccuracy);
    return metrics.entrySet().stream()
        .map(metric -> of(metric.getKey(), metric.getValue(), runs))
        .filter(curve -> !curve.lines().isEmpty())
        .toList();
  }

  private static Curve of(
      String name, Function<EpochResult, Optional<Double>> metric, List<ComparedRun> runs) {
    return new Curve(
        name,
        runs.stream()
            .filter(run -> run.plays() || !name.equals(ReinforceSettings.MEAN_RETURN))
            .map(run -> line(run, metric))
            .filter(line -> !line.epochs().isEmpty())
            .toList());
  }

  private static Line line(ComparedRun run, Function<EpochResult, Optional<Double>> metric) {
    List<EpochResult> present =
        run.epochs().stream()
            .map(RecordedEpoch::result)
            .filter(epoch -> metric.apply(epoch).isPresent())
            .toList();
    return new Line(
        run.name(),
        present.stream().map(EpochResult::epoch).toList(),
        present.stream().map(epoch -> metric.apply(epoch).orElseThrow()).toList());
  }

  /** Returns the curves as charts, of long runs or many with the best and the last of each run. */
  static List<Block> charts(List<Curve> curves) {
    int lines = curves.stream().mapToInt(curve -> curve.lines().size()).sum();
    int longest =
        curves.stream()
            .flatMap(curve -> curve.lines().stream())
            .mapToInt(line -> line.epochs().size())
            .max()
            .orElse(0);
    int most = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, MOST_VALUES / Math.max(1, lines)));
    return curves.stream().map(curve -> curve.chart(Thinned.to(most, longest))).toList();
  }

  private Block chart(Thinned thinned) {
    String shown = metric.replace('_', ' ');
    return Chart.lines(
        shown + thinned.note("epochs"),
        "epoch",
        shown,
        lines.stream().map(line -> series(line, thinned)).toList(),
        List.of());
  }

  private Chart.Series series(Line line, Thinned thinned) {
    int count = line.values().size();
    Comparator<Double> lowest = Comparator.naturalOrder();
    int best =
        IntStream.range(0, count)
            .boxed()
            .min(
                Comparator.comparing(
                    line.values()::get, metric.endsWith("loss") ? lowest : lowest.reversed()))
            .orElseThrow();
    int[] shown = thinned.of(count, i -> i == best);
    return new Chart.Series(
        line.run(),
        IntStream.of(shown).mapToDouble(i -> line.epochs().get(i)).toArray(),
        IntStream.of(shown).mapToDouble(line.values()::get).toArray());
  }
}
