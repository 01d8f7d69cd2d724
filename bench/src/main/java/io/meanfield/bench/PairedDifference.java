package io.meanfield.bench;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** The mean difference of pairs, one for each seed, with Student's interval of 95 %. */
record PairedDifference(double mean, double halfWidth) {

  /**
   * Computes the difference {@code values - baseline}.
   *
   * @param values of the same seeds, in the same order as {@code baseline}
   */
  static PairedDifference of(List<Double> values, List<Double> baseline) {
    SummaryStatistics difference = new SummaryStatistics();
    for (int i = 0; i < values.size(); i++) {
      difference.addValue(values.get(i) - baseline.get(i));
    }
    double pairs = values.size();
    return new PairedDifference(
        difference.getMean(),
        pairs < 2
            ? Double.NaN
            : new TDistribution(pairs - 1).inverseCumulativeProbability(0.975)
                * difference.getStandardDeviation()
                / Math.sqrt(pairs));
  }

  /** Returns the difference in points of per cent, with the interval if there is one. */
  @Override
  public String toString() {
    return Double.isNaN(halfWidth)
        ? String.format(Locale.ROOT, "%+.2f", 100 * mean)
        : String.format(Locale.ROOT, "%+.2f ± %.2f", 100 * mean, 100 * halfWidth);
  }
}
