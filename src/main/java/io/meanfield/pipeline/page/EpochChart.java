package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Facts;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Series;
import io.meanfield.train.EpochResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Charts over the epochs of a run. Of more than {@value #MOST_POINTS} epochs they show every
 * second, every third or so, with the last and the best, because the metrics of the run are theirs.
 */
final class EpochChart {
  private static final int MOST_POINTS = 500;
  private static final Axis EPOCH = Axis.linear("epoch");

  private final RunEpochs epochs;
  private final List<Marker> markers;
  private final int step;
  private final List<EpochResult> shown;

  /**
   * Creates charts.
   *
   * @param markers vertical lines in every chart but that of the learning rate
   */
  EpochChart(RunEpochs epochs, List<Marker> markers) {
    this.epochs = epochs;
    this.markers = markers;
    this.step = (epochs.results().size() + MOST_POINTS - 1) / MOST_POINTS;
    this.shown = shown();
  }

  private List<EpochResult> shown() {
    List<EpochResult> all = epochs.results();
    return IntStream.range(0, all.size())
        .filter(i -> i % step == 0 || i == all.size() - 1 || isBest(all.get(i)))
        .mapToObj(all::get)
        .toList();
  }

  private boolean isBest(EpochResult epoch) {
    return epochs.best().filter(best -> best == epoch.epoch()).isPresent();
  }

  /**
   * Returns a chart with the lines that at least one epoch has; empty if there are none.
   *
   * @param measure what the lines measure, in the order of the map
   */
  Optional<Block> of(
      String caption, String measure, Map<String, Function<EpochResult, Optional<Double>>> lines) {
    List<Series> series =
        lines.entrySet().stream()
            .flatMap(line -> line(line.getKey(), line.getValue()).stream())
            .toList();
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LineChart(caption(caption), EPOCH, Axis.linear(measure), series, markers));
  }

  private String caption(String text) {
    return step == 1 ? text : text + ", every " + step + " epochs";
  }

  private Optional<Series> line(String name, Function<EpochResult, Optional<Double>> score) {
    double[] values =
        shown.stream().mapToDouble(epoch -> score.apply(epoch).orElse(Double.NaN)).toArray();
    boolean known = shown.stream().anyMatch(epoch -> score.apply(epoch).isPresent());
    return known ? Optional.of(new Series(name, numbers(), values)) : Optional.empty();
  }

  private double[] numbers() {
    return shown.stream().mapToDouble(EpochResult::epoch).toArray();
  }

  /** Returns a chart of the learning rate, or a fact if it is constant. */
  Block learningRate() {
    double[] rates = shown.stream().mapToDouble(EpochResult::learningRate).toArray();
    if (Arrays.stream(rates).distinct().count() == 1) {
      return new Facts(
          List.of(new Fact("learning rate, constant", ReadableNumber.rounded(rates[0]))));
    }
    Series rate = new Series("learning rate", numbers(), rates, Series.Line.STEP);
    return new LineChart(
        caption("Learning rate at the end of each epoch"),
        EPOCH,
        Axis.linear("learning rate"),
        List.of(rate),
        List.of());
  }
}
