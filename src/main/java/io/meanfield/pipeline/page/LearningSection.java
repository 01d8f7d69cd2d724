package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chart.Marker;
import io.meanfield.report.page.Chart.Series;
import io.meanfield.report.page.Fact;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.Overfitting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Loss, accuracy and learning rate of the epochs. Of more than {@value #MOST_POINTS} epochs the
 * charts show every second, every third or so, with the last and the best, because the metrics of
 * the run are theirs.
 */
final class LearningSection {
  private static final int MOST_POINTS = 500;

  private final RunEpochs epochs;
  private final Optional<Overfitting> overfitting;
  private final boolean keepsLast;
  private final int step;
  private final List<EpochResult> shown;
  private final List<Block> blocks = new ArrayList<>();

  private LearningSection(RunEpochs epochs, boolean keepsLast) {
    List<EpochResult> all = epochs.results();
    this.epochs = epochs;
    this.overfitting = Overfitting.of(all);
    this.keepsLast = keepsLast;
    this.step = Math.max(1, (all.size() + MOST_POINTS - 1) / MOST_POINTS);
    this.shown =
        IntStream.range(0, all.size())
            .filter(i -> i % step == 0 || i == all.size() - 1 || epochs.isBest(all.get(i)))
            .mapToObj(all::get)
            .toList();
  }

  static List<Block> blocks(RunRecord run) {
    RunEpochs epochs = RunEpochs.of(run);
    return epochs.results().isEmpty()
        ? List.of()
        : new LearningSection(epochs, keepsLast(run)).blocks();
  }

  // Early stopping has kept the best epoch, so that over-fitting does no harm.
  private static boolean keepsLast(RunRecord run) {
    return run.manifest().string("settings." + EarlyStopping.KEY).stream().allMatch("0"::equals);
  }

  private List<Block> blocks() {
    overfitting
        .filter(found -> keepsLast)
        .ifPresent(
            found -> blocks.add(new Block.Prose("The model " + found.message() + ".", true)));
    add(
        "Loss by epoch",
        "loss",
        List.of(
            line("training", epoch -> Optional.of(epoch.trainLoss())),
            line("validation", EpochResult::validationLoss)));
    add(
        "Accuracy by epoch",
        "accuracy",
        List.of(
            line("training", EpochResult::trainAccuracy),
            line("validation", EpochResult::validationAccuracy)));
    add(
        "Monitored metric by epoch: " + epochs.monitor(),
        epochs.monitor(),
        List.of(line("validation", epoch -> epoch.scores().monitored())));
    blocks.add(learningRate());
    return blocks;
  }

  /** Adds a chart with the lines that at least one epoch has, if there are any. */
  private void add(String caption, String measure, List<Optional<Series>> lines) {
    List<Series> series = lines.stream().flatMap(Optional::stream).toList();
    if (!series.isEmpty()) {
      blocks.add(Chart.lines(caption + thinned(), "epoch", measure, series, markers()));
    }
  }

  private String thinned() {
    return step == 1 ? "" : ", every " + step + " epochs";
  }

  private Optional<Series> line(String name, Function<EpochResult, Optional<Double>> score) {
    double[] values =
        shown.stream().mapToDouble(epoch -> score.apply(epoch).orElse(Double.NaN)).toArray();
    return Optional.of(new Series(name, numbers(), values))
        .filter(line -> shown.stream().anyMatch(epoch -> score.apply(epoch).isPresent()));
  }

  private double[] numbers() {
    return shown.stream().mapToDouble(EpochResult::epoch).toArray();
  }

  private List<Marker> markers() {
    List<Marker> markers = new ArrayList<>();
    Optional<Integer> overfits = overfitting.map(Overfitting::bestEpoch);
    // One marker if both are the same, because over-fitting begins with the next epoch.
    String label = epochs.best().equals(overfits) ? "best epoch, then over-fitting" : "best epoch";
    epochs.best().ifPresent(best -> markers.add(new Marker(best, label)));
    overfits
        .filter(epoch -> !epochs.best().equals(overfits))
        .ifPresent(epoch -> markers.add(new Marker(epoch, "over-fitting begins")));
    return markers;
  }

  /** Returns a chart of the learning rate, or a fact if it is constant. */
  private Block learningRate() {
    double[] rates = shown.stream().mapToDouble(EpochResult::learningRate).toArray();
    if (Arrays.stream(rates).distinct().count() == 1) {
      return new Block.Facts(
          List.of(new Fact("learning rate, constant", ReadableNumber.rounded(rates[0]))));
    }
    return Chart.lines(
        "Learning rate at the end of each epoch" + thinned(),
        "epoch",
        "learning rate",
        new Series("learning rate", numbers(), rates, Chart.Line.STEP));
  }
}
