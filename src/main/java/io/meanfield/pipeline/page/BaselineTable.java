package io.meanfield.pipeline.page;

import io.meanfield.evaluate.baseline.BaselineScore;
import io.meanfield.evaluate.baseline.ShownMetrics;
import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.store.table.StoredRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table {@code baselines} of a run.
 *
 * @param models the metrics of each model: first the network, then the constant
 * @param hasUnit whether errors have a unit: those of several targets together have none
 */
record BaselineTable(Map<String, Map<String, Double>> models, boolean hasUnit) {
  private static final String WITHOUT_UNIT = "r2";

  /** A baseline and its value of a metric. */
  record Value(String name, double value) {}

  /** Returns the table; empty if the run has none. */
  static Optional<BaselineTable> of(RunRecord run) {
    Map<String, Map<String, Double>> models = new LinkedHashMap<>();
    for (StoredRow row : run.table("baselines")) {
      models
          .computeIfAbsent(row.text("name").orElse(""), name -> new LinkedHashMap<>())
          .put(row.text("metric").orElse(""), RunRecord.number(row, "value", Double.NaN));
    }
    return models.size() < 2 || !models.containsKey(BaselineScore.NETWORK)
        ? Optional.empty()
        : Optional.of(new BaselineTable(models, run.table(TargetSection.TABLE).isEmpty()));
  }

  /** Returns the names of the metrics that are shown, the most telling one first. */
  List<String> metrics() {
    return ShownMetrics.of(models.get(constant())).stream()
        .filter(metric -> hasUnit || metric.equals(WITHOUT_UNIT))
        .toList();
  }

  /** Returns the name of the model that always predicts the same. */
  String constant() {
    return baselines().findFirst().orElseThrow();
  }

  private Stream<String> baselines() {
    return models.keySet().stream().filter(name -> !name.equals(BaselineScore.NETWORK));
  }

  /** Returns the models that were not worth their time, in words; empty if none are missing. */
  Optional<String> missing() {
    if (network("pinball").isPresent()) { // of which there are none
      return Optional.empty();
    }
    return switch ((int) baselines().count()) {
      case 1 -> Optional.of("a linear model and trees");
      case 2 -> Optional.of("trees");
      default -> Optional.empty();
    };
  }

  Optional<Double> value(String model, String metric) {
    return Optional.ofNullable(models.get(model).get(metric));
  }

  Optional<Double> network(String metric) {
    return value(BaselineScore.NETWORK, metric);
  }

  /** Returns the best baseline by a metric. */
  Optional<Value> bestBaseline(String metric) {
    return baselines()
        .flatMap(name -> value(name, metric).map(found -> new Value(name, found)).stream())
        .reduce((best, next) -> isBetter(metric, next.value(), best.value()) ? next : best);
  }

  /** Returns whether a model has the best value of a metric; several may share it. */
  boolean isBest(String model, String metric) {
    return value(model, metric)
        .filter(
            own ->
                models.values().stream()
                    .noneMatch(
                        other ->
                            other.containsKey(metric) && isBetter(metric, other.get(metric), own)))
        .isPresent();
  }

  /** Returns whether one value of a metric is better than another. */
  static boolean isBetter(String metric, double value, double other) {
    return Metrics.directions().get(metric) == Direction.SMALLER_IS_BETTER
        ? value < other
        : value > other;
  }
}
