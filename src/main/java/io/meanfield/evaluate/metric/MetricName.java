package io.meanfield.evaluate.metric;

import java.util.Arrays;
import java.util.List;

/**
 * A value that a metric may report.
 *
 * @param column the name of its column in table {@code evaluation}
 * @param direction which of two values is better
 */
record MetricName(String column, Direction direction) {
  /** Returns values of which the larger one is better. */
  static List<MetricName> scores(String... columns) {
    return all(Direction.LARGER_IS_BETTER, columns);
  }

  /** Returns values of which the smaller one is better. */
  static List<MetricName> errors(String... columns) {
    return all(Direction.SMALLER_IS_BETTER, columns);
  }

  private static List<MetricName> all(Direction direction, String... columns) {
    return Arrays.stream(columns).map(column -> new MetricName(column, direction)).toList();
  }
}
