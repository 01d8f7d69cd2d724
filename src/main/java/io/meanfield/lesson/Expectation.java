package io.meanfield.lesson;

import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.settings.Section;
import java.util.Locale;
import java.util.Optional;

/**
 * The expected range of a measure of a system.
 *
 * @param measure a column of the last row of the table epochs, or of the table evaluation
 * @param baseline the system whose measure is subtracted, seed by seed
 * @param reference the value in the lesson's text, if it has one
 */
record Expectation(
    String measure,
    Optional<String> baseline,
    Optional<Double> reference,
    Optional<Double> atLeast,
    Optional<Double> atMost) {

  static Expectation read(Section expectation) {
    return new Expectation(
        expectation.string("measure"),
        expectation.optionalString("baseline"),
        number(expectation, "reference"),
        number(expectation, "at-least"),
        number(expectation, "at-most"));
  }

  private static Optional<Double> number(Section expectation, String key) {
    double number = expectation.optionalNumber(key, Double::isFinite, "a number", Double.NaN);
    return Optional.of(number).filter(Double::isFinite);
  }

  boolean accepts(double value) {
    return atLeast.filter(least -> value < least).isEmpty()
        && atMost.filter(most -> value > most).isEmpty();
  }

  /** Returns the bounds as text. */
  String bounds() {
    return atLeast.map(least -> "at least " + format(least)).orElse("")
        + (atLeast.isPresent() && atMost.isPresent() ? ", " : "")
        + atMost.map(most -> "at most " + format(most)).orElse("");
  }

  /** Returns a value of the measure as text; accuracies in per cent. */
  String format(double value) {
    if (!Metrics.isShare(measure)) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
    return baseline.isPresent()
        ? String.format(Locale.ROOT, "%+.2f points", 100 * value)
        : String.format(Locale.ROOT, "%.2f %%", 100 * value);
  }
}
