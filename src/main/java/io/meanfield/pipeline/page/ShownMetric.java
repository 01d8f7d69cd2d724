package io.meanfield.pipeline.page;

import io.meanfield.registry.ModelVersion;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Cell;
import java.util.Optional;

/**
 * A metric of the versions of a model as their page shows it; an accuracy in percent.
 *
 * @param name as version.json has it, such as {@code validation_accuracy}
 */
record ShownMetric(String name) {
  private static final int DIGITS = 4;
  private static final int DIGITS_OF_PERCENT = 2;

  private boolean isShare() {
    return name.endsWith("accuracy");
  }

  /** Returns the name with its unit, such as "validation accuracy, %". */
  String label() {
    return MetricName.shown(name) + (isShare() ? ", %" : "");
  }

  /** Returns the value of a version in the unit of the label; NaN if it has none. */
  double of(Optional<ModelVersion> version) {
    return version.map(ModelVersion::metrics).map(metrics -> metrics.get(name)).orElse(Double.NaN)
        * (isShare() ? 100 : 1);
  }

  /** Returns the value of a version as a cell; empty if it has none. */
  Cell cell(Optional<ModelVersion> version) {
    double value = of(version);
    boolean whole = value == Math.rint(value) && !isShare();
    return Cell.of(value, isShare() ? DIGITS_OF_PERCENT : whole ? 0 : DIGITS);
  }

  /** Returns the value of a version as text, such as "97.00 %"; empty if it has none. */
  Optional<String> text(ModelVersion version) {
    return Optional.ofNullable(version.metrics().get(name))
        .map(value -> isShare() ? Numbers.percent(value) : ReadableNumber.text(value));
  }
}
