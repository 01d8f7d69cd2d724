package io.meanfield.pipeline.compare;

import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.train.EpochResult;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a loss or an accuracy of the compared runs developed.
 *
 * @param metric named as the column of the table {@code epochs}, or {@code mean_return}
 * @param lines the values by run; a run without the metric is absent
 */
public record Curve(String metric, List<Line> lines) {
  /** The values of one run, each with its epoch. */
  public record Line(String run, List<Integer> epochs, List<Double> values) {}

  /**
   * Returns an order in which the best value is the first: the lowest loss, or the highest accuracy
   * or return.
   */
  Comparator<Double> order() {
    Comparator<Double> lowest = Comparator.naturalOrder();
    return metric.endsWith("accuracy") || metric.equals(ReinforceSettings.MEAN_RETURN)
        ? lowest.reversed()
        : lowest;
  }

  /** Returns the curves that at least one run has. */
  static List<Curve> of(List<ComparedRun> runs) {
    Map<String, Function<EpochResult, Optional<Double>>> metrics = new LinkedHashMap<>();
    metrics.put("validation_loss", EpochResult::validationLoss);
    metrics.put("validation_accuracy", EpochResult::validationAccuracy);
    metrics.put("train_loss", epoch -> Optional.of(epoch.trainLoss()));
    metrics.put("train_accuracy", EpochResult::trainAccuracy);
    return Stream.concat(
            Stream.of(returns(runs)),
            metrics.entrySet().stream().map(metric -> of(metric.getKey(), metric.getValue(), runs)))
        .filter(curve -> !curve.lines().isEmpty())
        .toList();
  }

  // The metric that runs of play monitor; that of others depends on their settings.
  private static Curve returns(List<ComparedRun> runs) {
    return of(
        ReinforceSettings.MEAN_RETURN,
        epoch -> epoch.scores().monitored(),
        runs.stream().filter(ComparedRun::plays).toList());
  }

  private static Curve of(
      String name, Function<EpochResult, Optional<Double>> metric, List<ComparedRun> runs) {
    return new Curve(
        name,
        runs.stream()
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
