package io.meanfield.gate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * A statistical test whether two samples have the same distribution.
 *
 * @param pValue the probability of a statistic of at least this size if they have
 */
record DistributionComparison(String name, double statistic, double pValue) {
  private static final double TOLERANCE = 1e-20;
  private static final int MAX_TERMS = 100_000;
  // The distribution function is below 1e-50 there, and its series needs many terms.
  private static final double SMALLEST = 0.1;

  /**
   * Compares numbers by the two-sample test of Kolmogorov and Smirnov, with the asymptotic p-value.
   * The statistic is the largest distance of the distribution functions at the edges of the bins,
   * so it is never larger, and the p-value never smaller, than those of the values themselves.
   */
  static DistributionComparison kolmogorovSmirnov(Histogram reference, Histogram found) {
    double[] expected = reference.cumulativeShares();
    double[] shares = found.cumulativeShares();
    double distance =
        IntStream.range(0, shares.length)
            .mapToDouble(edge -> Math.abs(shares[edge] - expected[edge]))
            .max()
            .orElse(0);
    double n = reference.total();
    double m = found.total();
    double scaled = distance * Math.sqrt(n * m / Math.max(1, n + m));
    double below =
        scaled < SMALLEST ? 0 : new KolmogorovSmirnovTest().ksSum(scaled, TOLERANCE, MAX_TERMS);
    return new DistributionComparison("Kolmogorov-Smirnov", distance, 1 - below);
  }

  /** Compares counts of categories by the chi-squared test of homogeneity. */
  static DistributionComparison chiSquared(long[] reference, long[] found) {
    int[] filled =
        IntStream.range(0, found.length).filter(i -> reference[i] + found[i] > 0).toArray();
    if (filled.length < 2) {
      return new DistributionComparison("chi-squared", 0, 1);
    }
    double statistic =
        new ChiSquareTest()
            .chiSquareDataSetsComparison(select(reference, filled), select(found, filled));
    double below = new ChiSquaredDistribution(filled.length - 1).cumulativeProbability(statistic);
    return new DistributionComparison("chi-squared", statistic, 1 - below);
  }

  DistributionComparison withPValue(double corrected) {
    return new DistributionComparison(name, statistic, corrected);
  }

  private static long[] select(long[] counts, int[] bins) {
    return Arrays.stream(bins).mapToLong(bin -> counts[bin]).toArray();
  }
}
