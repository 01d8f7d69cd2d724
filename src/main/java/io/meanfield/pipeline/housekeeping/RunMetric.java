package io.meanfield.pipeline.housekeeping;

import io.meanfield.reinforce.ReinforceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A metric of a run's result, named as in status.json. */
public record RunMetric(String name, double value) {
  /** The metrics by which people know a run or a version of a model: the first one that it has. */
  public static final List<String> MAIN =
      List.of(
          "accuracy",
          "validation_accuracy",
          "rmse",
          "validation_rmse",
          "mse",
          "loss",
          "validation_loss",
          ReinforceSettings.MEAN_RETURN,
          "train_loss");

  /** Returns the metric by which people know a run; empty if it has none of the usual ones. */
  public static Optional<RunMetric> mainOf(Map<String, Double> metrics) {
    return MAIN.stream()
        .filter(metrics::containsKey)
        .map(name -> new RunMetric(name, metrics.get(name)))
        .findFirst();
  }
}
