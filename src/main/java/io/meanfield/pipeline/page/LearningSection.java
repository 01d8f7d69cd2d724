package io.meanfield.pipeline.page;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Hint;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import io.meanfield.train.EpochResult;
import io.meanfield.train.EpochResult.Scores;
import io.meanfield.train.OverfittingCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Loss, accuracy and learning rate of the epochs. */
final class LearningSection {
  private static final int MOST_POINTS = 500;
  private static final Axis EPOCH = Axis.linear("epoch");
  private static final String VALIDATION = "validation";
  private static final String AVERAGE = "validation, average over time";

  private final RunEpochs epochs;
  private final Optional<OverfittingCheck> overfitting;
  private final int step;
  private final List<EpochResult> shown;

  private LearningSection(RunEpochs epochs) {
    this.epochs = epochs;
    this.overfitting = OverfittingCheck.of(epochs.results());
    this.step = (epochs.results().size() + MOST_POINTS - 1) / MOST_POINTS;
    this.shown = shown();
  }

  static Optional<Section> of(RunRecord run) {
    RunEpochs epochs = RunEpochs.of(run);
    return epochs.results().isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("learning", "Learning", new LearningSection(epochs).blocks()));
  }

  // The last and the best epoch, too, because the metrics of the run are theirs.
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

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    overfitting.ifPresent(found -> blocks.add(new Hint("The model " + found.message() + ".")));
    Map<String, Function<Scores, Optional<Double>>> losses = new LinkedHashMap<>();
    losses.put("training", scores -> Optional.of(scores.trainLoss()));
    losses.put(VALIDATION, Scores::validationLoss);
    losses.put(AVERAGE, Scores::averageValidationLoss);
    chart("Loss by epoch", "loss", losses).ifPresent(blocks::add);
    Map<String, Function<Scores, Optional<Double>>> accuracies = new LinkedHashMap<>();
    accuracies.put("training", Scores::trainAccuracy);
    accuracies.put(VALIDATION, Scores::validationAccuracy);
    accuracies.put(AVERAGE, Scores::averageValidationAccuracy);
    chart("Accuracy by epoch", "accuracy", accuracies).ifPresent(blocks::add);
    String monitor = epochs.monitor();
    chart("Monitored metric by epoch: " + monitor, monitor, Map.of(VALIDATION, Scores::monitored))
        .ifPresent(blocks::add);
    blocks.add(learningRate());
    return blocks;
  }

  private Optional<Block> chart(
      String caption, String measure, Map<String, Function<Scores, Optional<Double>>> lines) {
    List<Series> series =
        lines.entrySet().stream()
            .flatMap(line -> line(line.getKey(), line.getValue()).stream())
            .toList();
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LineChart(caption(caption), EPOCH, Axis.linear(measure), series, markers()));
  }

  private String caption(String text) {
    return step == 1 ? text : text + ", every " + step + " epochs";
  }

  private Optional<Series> line(String name, Function<Scores, Optional<Double>> score) {
    double[] values =
        shown.stream()
            .mapToDouble(epoch -> score.apply(epoch.scores()).orElse(Double.NaN))
            .toArray();
    boolean known = shown.stream().anyMatch(epoch -> score.apply(epoch.scores()).isPresent());
    return known ? Optional.of(new Series(name, numbers(), values)) : Optional.empty();
  }

  private double[] numbers() {
    return shown.stream().mapToDouble(EpochResult::epoch).toArray();
  }

  private List<Marker> markers() {
    List<Marker> markers = new ArrayList<>();
    Optional<Integer> overfits = overfitting.map(OverfittingCheck::best);
    // One marker if both are the same, because over-fitting begins with the next epoch.
    String label = epochs.best().equals(overfits) ? "best epoch, then over-fitting" : "best epoch";
    epochs.best().ifPresent(best -> markers.add(new Marker(best, label)));
    overfits
        .filter(epoch -> !epochs.best().equals(overfits))
        .ifPresent(epoch -> markers.add(new Marker(epoch, "over-fitting begins")));
    return markers;
  }

  private Block learningRate() {
    Series rate =
        new Series(
            "learning rate",
            numbers(),
            shown.stream().mapToDouble(EpochResult::learningRate).toArray(),
            Series.Line.STEP);
    return new LineChart(
        caption("Learning rate at the end of each epoch"),
        EPOCH,
        Axis.linear("learning rate"),
        List.of(rate),
        List.of());
  }
}
