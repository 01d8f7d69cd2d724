package io.meanfield.tracking;

import java.util.List;
import java.util.Optional;

/**
 * A value of a gauge, measured in one run.
 *
 * @param label what distinguishes it from other measurements of the gauge in the same run
 */
public record Measurement(Gauge gauge, Optional<Label> label, double value) {
  private static final String DATA = "data";
  // The examples of data.test, whose metrics have no prefix in the tables.
  private static final String TEST = "test";
  // The columns of table epochs that belong to one of two data sets.
  private static final List<String> PREFIXES = List.of("train", "validation");

  /**
   * A label.
   *
   * @param key {@code data}, the examples on which a metric was measured; {@code column} of the
   *     data; or {@code part} of the time of a run
   */
  public record Label(String key, String value) {}

  static Measurement of(Gauge gauge, double value) {
    return new Measurement(gauge, Optional.empty(), value);
  }

  static Measurement of(Gauge gauge, String key, String label, double value) {
    return new Measurement(gauge, Optional.of(new Label(key, label)), value);
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
        .map(data -> of(Gauge.ofMetric(name.substring(data.length() + 1)), DATA, data, value))
        .orElseGet(() -> of(Gauge.ofMetric(name), DATA, TEST, value));
  }

  /**
   * Returns the name in sinks without labels; that of a metric is its column in the tables, such as
   * {@code validation_accuracy}.
   */
  public String name() {
    return label.map(this::nameWith).orElse(gauge.name());
  }

  private String nameWith(Label of) {
    if (!of.key().equals(DATA)) {
      return gauge.name() + "_" + of.value();
    }
    return of.value().equals(TEST) ? gauge.name() : of.value() + "_" + gauge.name();
  }
}
