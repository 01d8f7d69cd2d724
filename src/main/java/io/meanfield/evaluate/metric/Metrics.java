package io.meanfield.evaluate.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists all metrics. The table {@code evaluation} has their columns in this order. */
public final class Metrics {
  private static final List<MetricType> ALL =
      List.of(
          Accuracy.TYPE,
          ClassMetrics.TYPE,
          PositiveClass.TYPE,
          BrierScore.TYPE,
          MeanLoss.TYPE,
          CalibrationError.TYPE,
          HammingLoss.TYPE,
          RegressionErrors.TYPE,
          QuantileErrors.TYPE,
          ConfusionMatrix.TYPE,
          Calibration.TYPE,
          Coverage.TYPE,
          ConstantModel.TYPE);

  private Metrics() {}

  /** Returns the names of all values that metrics may report. */
  public static List<String> names() {
    return List.copyOf(directions().keySet());
  }

  /** Returns the names of the values that metrics may report for these outputs. */
  public static List<String> names(OutputSpec outputs) {
    return ALL.stream()
        .filter(type -> type.appliesTo().test(outputs))
        .flatMap(type -> type.names().keySet().stream())
        .toList();
  }

  /** Returns the direction of each value that metrics may report, in the order of the names. */
  public static Map<String, Direction> directions() {
    Map<String, Direction> directions = new LinkedHashMap<>();
    ALL.forEach(type -> directions.putAll(type.names()));
    return directions;
  }

  /**
   * Returns whether people read a value in per cent: an accuracy, also one of an epoch or of
   * several, such as {@code validation_accuracy}.
   */
  public static boolean isShare(String name) {
    return name.contains("accuracy");
  }

  /** Returns new metrics, without examples, of all types that apply to the outputs. */
  static List<Metric> empty(OutputSpec outputs) {
    return ALL.stream()
        .filter(type -> type.appliesTo().test(outputs))
        .map(type -> type.empty().apply(outputs))
        .toList();
  }
}
