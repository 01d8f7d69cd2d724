package io.meanfield.gate;

import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index, the symmetric Kullback-Leibler divergence of two binned
 * distributions: the sum of (q - p) ln(q / p) over the bins (Siddiqi 2006, "Credit Risk
 * Scorecards"). Below 0.1 distributions are usually called similar, above 0.25 different.
 *
 * <p>Each bin has half a value more than was counted (Jeffreys' prior), so that an empty bin has no
 * infinite logarithm. If nothing has changed, the index of k bins is about (k - 1) (1 / n + 1 / m)
 * for n and m values (Yurdakul 2018, "Statistical Properties of Population Stability Index").
 */
final class PopulationStabilityIndex {
  private static final double PRIOR = 0.5;

  private PopulationStabilityIndex() {}

  /** Returns the index of counts in the same bins. */
  static double of(long[] reference, long[] found) {
    double referenceTotal = total(reference);
    double foundTotal = total(found);
    double index = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      double p = (reference[bin] + PRIOR) / referenceTotal;
      double q = (found[bin] + PRIOR) / foundTotal;
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }

  /**
   * Returns the index that data which have not changed exceed with a given probability. The index
   * divided by 1 / n + 1 / m has about the chi-squared distribution with k - 1 degrees of freedom
   * (Yurdakul 2018).
   *
   * @param bins the number of bins, k
   * @param reference the number of values of the reference, n
   * @param found the number of values that are compared with it, m
   */
  static double exceededByChance(int bins, long reference, long found, double probability) {
    double quantile =
        new ChiSquaredDistribution(Math.max(1, bins - 1))
            .inverseCumulativeProbability(1 - probability);
    return quantile * (1.0 / Math.max(1, reference) + 1.0 / Math.max(1, found));
  }

  private static double total(long[] counts) {
    return Arrays.stream(counts).sum() + PRIOR * counts.length;
  }
}
