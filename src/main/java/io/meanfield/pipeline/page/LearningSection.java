package io.meanfield.pipeline.page;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Hint;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import io.meanfield.store.StoredRow;
import io.meanfield.train.EpochResult;
import io.meanfield.train.OverfittingCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loss, accuracy and learning rate of every epoch. */
final class LearningSection {
  private static final Axis EPOCH = Axis.linear("epoch");

  private LearningSection() {}

  static Optional<Section> of(RunRecord run) {
    List<StoredRow> epochs = run.epochs();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    Optional<OverfittingCheck> overfitting =
        OverfittingCheck.of(epochs.stream().map(LearningSection::result).toList());
    List<Marker> markers = markers(epochs, overfitting);
    List<Block> blocks = new ArrayList<>();
    overfitting.ifPresent(found -> blocks.add(new Hint("The model " + found.message() + ".")));
    chart("Loss", epochs, "loss", markers).ifPresent(blocks::add);
    chart("Accuracy", epochs, "accuracy", markers).ifPresent(blocks::add);
    monitored(epochs, markers).ifPresent(blocks::add);
    blocks.add(learningRate(epochs));
    return Optional.of(new Section("learning", "Learning", blocks));
  }

  private static List<Marker> markers(
      List<StoredRow> epochs, Optional<OverfittingCheck> overfitting) {
    List<Marker> markers = new ArrayList<>();
    int overfits = overfitting.map(OverfittingCheck::best).orElse(0);
    for (StoredRow epoch : epochs) {
      int number = RunRecord.integer(epoch, "epoch");
      if (epoch.isTrue("best")) {
        // One marker, because over-fitting begins with the next epoch.
        String label = number == overfits ? "best epoch, then over-fitting" : "best epoch";
        markers.add(new Marker(number, label));
      } else if (number == overfits) {
        markers.add(new Marker(number, "over-fitting begins"));
      }
    }
    return markers;
  }

  private static Optional<Block> chart(
      String caption, List<StoredRow> epochs, String measure, List<Marker> markers) {
    List<Series> lines = new ArrayList<>();
    line("training", epochs, "train_" + measure).ifPresent(lines::add);
    line("validation", epochs, "validation_" + measure).ifPresent(lines::add);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LineChart(caption + " by epoch", EPOCH, Axis.linear(measure), lines, markers));
  }

  private static Optional<Block> monitored(List<StoredRow> epochs, List<Marker> markers) {
    String monitor = epochs.get(0).text("monitor").orElse("monitored");
    return line("validation", epochs, "monitored")
        .map(
            line ->
                new LineChart(
                    "Monitored metric by epoch: " + monitor,
                    EPOCH,
                    Axis.linear(monitor),
                    List.of(line),
                    markers));
  }

  private static Optional<Series> line(String name, List<StoredRow> epochs, String column) {
    return RunRecord.has(epochs, column)
        ? Optional.of(
            new Series(name, RunRecord.numbers(epochs, "epoch"), RunRecord.numbers(epochs, column)))
        : Optional.empty();
  }

  private static Block learningRate(List<StoredRow> epochs) {
    Series rate =
        new Series(
            "learning rate",
            RunRecord.numbers(epochs, "epoch"),
            RunRecord.numbers(epochs, "learning_rate"),
            Series.Line.STEP);
    return new LineChart(
        "Learning rate at the end of each epoch",
        EPOCH,
        Axis.linear("learning rate"),
        List.of(rate),
        List.of());
  }

  private static EpochResult result(StoredRow epoch) {
    return new EpochResult(
        RunRecord.integer(epoch, "epoch"),
        new EpochResult.Scores(
            RunRecord.number(epoch, "train_loss", Double.NaN),
            epoch.number("train_accuracy"),
            epoch.number("validation_loss"),
            epoch.number("validation_accuracy")),
        (long) RunRecord.number(epoch, "examples", 0),
        RunRecord.number(epoch, "seconds", 0),
        RunRecord.number(epoch, "learning_rate", 0),
        Optional.empty());
  }
}
