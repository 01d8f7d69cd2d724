package io.meanfield.lesson;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The values of a measure of a system.
 *
 * @param values one value for each seed, in the order of the seeds
 */
record LessonResult(LessonSystem system, Expectation expectation, List<Double> values) {

  /** Returns the mean over the seeds. */
  double mean() {
    return statistics().getMean();
  }

  /** Returns the standard deviation over the seeds; empty for a single seed. */
  Optional<Double> deviation() {
    return values.size() > 1 ? Optional.of(statistics().getStandardDeviation()) : Optional.empty();
  }

  /**
   * Returns half the width of Student's 95 % confidence interval of the mean; empty for a single
   * seed.
   */
  Optional<Double> halfInterval() {
    double degrees = values.size() - 1.0;
    return deviation()
        .map(
            deviation ->
                new TDistribution(degrees).inverseCumulativeProbability(0.975)
                    * deviation
                    / Math.sqrt(values.size()));
  }

  boolean isAsExpected() {
    return expectation.accepts(mean());
  }

  String verdict() {
    return isAsExpected() ? "holds" : "missed: " + expectation.bounds();
  }

  /** Returns the mean as text, with an interval or a deviation if there are several seeds. */
  String formattedValue() {
    String mean = expectation.format(mean());
    if (values.size() == 1) {
      return mean;
    }
    return expectation.baseline().isPresent()
        ? "%s, %s to %s"
            .formatted(
                mean,
                expectation.format(mean() - halfInterval().orElseThrow()),
                expectation.format(mean() + halfInterval().orElseThrow()))
        : mean + " ± " + expectation.format(deviation().orElseThrow());
  }

  private SummaryStatistics statistics() {
    SummaryStatistics statistics = new SummaryStatistics();
    values.forEach(statistics::addValue);
    return statistics;
  }
}
