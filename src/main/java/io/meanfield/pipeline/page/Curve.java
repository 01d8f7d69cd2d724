package io.meanfield.pipeline.page;

import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EpochResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a loss or an accuracy of the compared runs developed.
 *
 * @param metric named as the column of the table {@code epochs}, or {@code mean_return}
 * @param lines the values by run; a run without the metric is absent
 */
public record Curve(String metric, List<Line> lines) {
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
}
