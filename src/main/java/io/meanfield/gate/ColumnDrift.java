package io.meanfield.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * How far the distribution of one column is from that of the champion's data.
 *
 * @param bins the number of bins, or of frequent values, that are compared
 * @param expected the number of values of the champion's data
 * @param found the number of values that are compared with them
 * @param index the population stability index
 */
record ColumnDrift(String column, int bins, long expected, long found, double index) {
  private static final double PRIOR = 0.5;

  /** Returns the drift of each column of two profiles with the same columns and bins. */
  static List<ColumnDrift> between(DataProfile reference, DataProfile found) {
    List<ColumnDrift> drifts = new ArrayList<>();
    reference.label().ifPresent(label -> drifts.add(of(label, found.label().orElseThrow())));
    for (int i = 0; i < reference.allNumbers().size(); i++) {
      NumberColumn expected = reference.allNumbers().get(i);
      NumberColumn compared = found.allNumbers().get(i);
      drifts.add(
          new ColumnDrift(
              expected.name(),
              expected.histogram().counts().size(),
              expected.histogram().total(),
              compared.histogram().total(),
              index(expected.histogram().countArray(), compared.histogram().countArray())));
    }
    for (int i = 0; i < reference.categories().size(); i++) {
      drifts.add(of(reference.categories().get(i), found.categories().get(i)));
    }
    return drifts;
  }

  private static ColumnDrift of(CategoryColumn reference, CategoryColumn found) {
    long[] expected = reference.countsByFrequentValue(reference);
    long[] counts = reference.countsByFrequentValue(found);
    return new ColumnDrift(
        reference.name(),
        expected.length,
        reference.total(),
        found.total(),
        index(expected, counts));
  }

  /**
   * Returns the population stability index of counts in the same bins, the symmetric
   * Kullback-Leibler divergence: the sum of (q - p) ln(q / p) over the bins (Siddiqi 2006, "Credit
   * Risk Scorecards"). Below 0.1 distributions are usually called similar, above 0.25 different.
   * Each bin has half a value more than was counted (Jeffreys' prior), so that an empty bin has no
   * infinite logarithm.
   */
  static double index(long[] reference, long[] found) {
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

  private static double total(long[] counts) {
    return Arrays.stream(counts).sum() + PRIOR * counts.length;
  }

  /**
   * Returns the index that data which have not changed exceed with a given probability. The index
   * of k bins and n and m values, divided by 1 / n + 1 / m, has about the chi-squared distribution
   * with k - 1 degrees of freedom (Yurdakul 2018, "Statistical Properties of Population Stability
   * Index").
   */
  double exceededByChance(double probability) {
    double quantile =
        new ChiSquaredDistribution(Math.max(1, bins - 1))
            .inverseCumulativeProbability(1 - probability);
    return quantile * (1.0 / Math.max(1, expected) + 1.0 / Math.max(1, found));
  }
}
