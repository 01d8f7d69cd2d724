package io.meanfield.evaluate.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Declares a metric. The names are those of its columns in table {@code evaluation}, in their
 * order.
 *
 * @param errors the values that the metric may report of which the smaller one is better
 * @param scores those of which the larger one is better
 * @param appliesTo whether the metric applies to networks with these outputs
 * @param empty creates a metric without examples
 */
record MetricType(
    List<String> errors,
    List<String> scores,
    Predicate<OutputSpec> appliesTo,
    Function<OutputSpec, Metric> empty) {
  static MetricType ofErrors(
      Predicate<OutputSpec> appliesTo, Function<OutputSpec, Metric> empty, String... names) {
    return new MetricType(List.of(names), List.of(), appliesTo, empty);
  }

  static MetricType ofScores(
      Predicate<OutputSpec> appliesTo, Function<OutputSpec, Metric> empty, String... names) {
    return new MetricType(List.of(), List.of(names), appliesTo, empty);
  }

  /** Returns the names of the values and which of two values is better. */
  Map<String, Direction> names() {
    Map<String, Direction> names = new LinkedHashMap<>();
    errors.forEach(name -> names.put(name, Direction.SMALLER_IS_BETTER));
    scores.forEach(name -> names.put(name, Direction.LARGER_IS_BETTER));
    return names;
  }
}
