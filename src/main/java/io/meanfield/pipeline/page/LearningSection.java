package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Hint;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Section;
import io.meanfield.train.EpochResult;
import io.meanfield.train.EpochResult.Scores;
import io.meanfield.train.Overfitting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Loss, accuracy and learning rate of the epochs. */
final class LearningSection {
  private static final String VALIDATION = "validation";

  private final RunEpochs epochs;
  private final Optional<Overfitting> overfitting;
  private final EpochChart charts;

  private LearningSection(RunEpochs epochs) {
    this.epochs = epochs;
    this.overfitting = Overfitting.of(epochs.results());
    this.charts = new EpochChart(epochs, markers());
  }

  static Optional<Section> of(RunRecord run) {
    RunEpochs epochs = RunEpochs.of(run);
    return epochs.results().isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("learning", "Learning", new LearningSection(epochs).blocks()));
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    overfitting.ifPresent(found -> blocks.add(new Hint("The model " + found.message() + ".")));
    Map<String, Function<Scores, Optional<Double>>> losses = new LinkedHashMap<>();
    losses.put("training", scores -> Optional.of(scores.trainLoss()));
    losses.put(VALIDATION, Scores::validationLoss);
    chart("Loss by epoch", "loss", losses).ifPresent(blocks::add);
    Map<String, Function<Scores, Optional<Double>>> accuracies = new LinkedHashMap<>();
    accuracies.put("training", Scores::trainAccuracy);
    accuracies.put(VALIDATION, Scores::validationAccuracy);
    chart("Accuracy by epoch", "accuracy", accuracies).ifPresent(blocks::add);
    String monitor = epochs.monitor();
    chart("Monitored metric by epoch: " + monitor, monitor, Map.of(VALIDATION, Scores::monitored))
        .ifPresent(blocks::add);
    blocks.add(charts.learningRate());
    return blocks;
  }

  private Optional<Block> chart(
      String caption, String measure, Map<String, Function<Scores, Optional<Double>>> lines) {
    Map<String, Function<EpochResult, Optional<Double>>> ofEpochs = new LinkedHashMap<>();
    lines.forEach((name, score) -> ofEpochs.put(name, epoch -> score.apply(epoch.scores())));
    return charts.of(caption, measure, ofEpochs);
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
}
