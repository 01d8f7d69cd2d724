package io.meanfield.tracking;

import io.meanfield.tracking.Label.Dimension;
import java.util.List;
import java.util.Optional;

/** A value of a gauge, measured in one run. */
public record Measurement(Gauge gauge, Optional<Label> label, double value) {
  // The columns of table epochs that belong to one of two data sets.
  private static final List<String> PREFIXES = List.of("train", "validation");

  static Measurement of(Gauge gauge, double value) {
    return new Measurement(gauge, Optional.empty(), value);
  }

  static Measurement ofDrift(String column, double index) {
    return new Measurement(Gauge.DRIFT, Optional.of(new Label(Dimension.COLUMN, column)), index);
  }

  static Measurement ofPart(String part, double seconds) {
    return new Measurement(
        Gauge.PART_DURATION, Optional.of(new Label(Dimension.PART, part)), seconds);
  }

  /**
   * Returns the measurement of a metric.
   *
   * @param name a column of table {@code epochs} or {@code evaluation}
   */
  static Measurement ofMetric(String name, double value) {
    for (Gauge ofModel : List.of(Gauge.EPOCH, Gauge.THRESHOLD)) {
      if (name.equals(ofModel.name())) {
        return of(ofModel, value);
      }
    }
    return PREFIXES.stream()
        .filter(data -> name.startsWith(data + "_"))
        .findFirst()
        .map(data -> ofMetric(name.substring(data.length() + 1), data, value))
        .orElseGet(() -> ofMetric(name, Label.TEST, value));
  }

  private static Measurement ofMetric(String metric, String data, double value) {
    return new Measurement(
        Gauge.ofMetric(metric), Optional.of(new Label(Dimension.DATA, data)), value);
  }

  /**
   * Returns the name in sinks without labels; that of a metric is its column in the tables, such as
   * {@code validation_accuracy}.
   */
  public String name() {
    return label.map(of -> of.nameOf(gauge.name())).orElse(gauge.name());
  }
}
