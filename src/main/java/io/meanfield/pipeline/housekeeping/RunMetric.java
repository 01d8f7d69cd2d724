package io.meanfield.pipeline.housekeeping;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A metric of a run's result, named as in status.json. */
public record RunMetric(String name, double value) {
  private static final List<String> MAIN =
      List.of("accuracy", "validation_accuracy", "mse", "loss", "validation_loss", "train_loss");

  /** Returns the metric by which people know a run; empty if it has none of the usual ones. */
  static Optional<RunMetric> mainOf(Map<String, Double> metrics) {
    return MAIN.stream()
        .filter(metrics::containsKey)
        .map(name -> new RunMetric(name, metrics.get(name)))
        .findFirst();
  }

  /** Returns whether the metric is an accuracy. */
  public boolean isAccuracy() {
    return name.endsWith("accuracy");
  }
}
