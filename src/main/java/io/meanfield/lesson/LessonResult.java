package io.meanfield.lesson;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The values of a measure of a system.
 *
 * @param values one for each seed, in their order
 */
record LessonResult(LessonSystem system, Expectation expectation, List<Double> values) {

  /** What is expected of them. */
  double mean() {
    return statistics().getMean();
  }

  /** Over the seeds, if there are several. */
  Optional<Double> deviation() {
    return values.size() > 1 ? Optional.of(statistics().getStandardDeviation()) : Optional.empty();
  }

  /**
   * Half of the interval around the mean in which the true one lies in 95 of 100 cases: Student's.
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
    return expectation.isMetBy(mean());
  }

  String verdict() {
    return isAsExpected() ? "holds" : "missed: " + expectation.bounds();
  }

  /** Ours, for a person. */
  String formattedValue() {
    String mean = expectation.format(mean());
    if (values.size() == 1) {
      return mean;
    }
    return expectation.baseline().isPresent()
        ? mean
            + ", "
            + expectation.format(mean() - halfInterval().orElseThrow())
            + " to "
            + expectation.format(mean() + halfInterval().orElseThrow())
        : mean + " ± " + expectation.format(deviation().orElseThrow());
  }

  private SummaryStatistics statistics() {
    SummaryStatistics statistics = new SummaryStatistics();
    values.forEach(statistics::addValue);
    return statistics;
  }
}
