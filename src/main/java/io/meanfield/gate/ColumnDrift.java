package io.meanfield.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * How far the distribution of one column is from that of the champion's data.
 *
 * @param bins the bins of a number, or the frequent values of a category and, last, all others
 */
record ColumnDrift(String column, List<Bin> bins) {
  private static final double PRIOR = 0.5;

  /**
   * Values that are counted together.
   *
   * @param values which values they are, for a person
   * @param expected their number in the champion's data
   * @param found their number in the data that are compared
   */
  record Bin(String values, long expected, long found) {}

  /** Returns the drift of each column of two profiles with the same columns and bins. */
  static List<ColumnDrift> between(DataProfile reference, DataProfile found) {
    List<ColumnDrift> drifts = new ArrayList<>();
    reference.label().ifPresent(label -> drifts.add(of(label, found.label().orElseThrow())));
    for (int i = 0; i < reference.allNumbers().size(); i++) {
      NumberColumn expected = reference.allNumbers().get(i);
      drifts.add(
          of(
              expected.name(),
              expected.histogram().names(),
              expected.histogram().countArray(),
              found.allNumbers().get(i).histogram().countArray()));
    }
    for (int i = 0; i < reference.categories().size(); i++) {
      drifts.add(of(reference.categories().get(i), found.categories().get(i)));
    }
    return drifts;
  }

  private static ColumnDrift of(CategoryColumn reference, CategoryColumn found) {
    return of(
        reference.name(),
        reference.namesByFrequentValue(),
        reference.countsByFrequentValue(reference),
        reference.countsByFrequentValue(found));
  }

  private static ColumnDrift of(
      String column, List<String> values, long[] reference, long[] found) {
    return new ColumnDrift(
        column,
        IntStream.range(0, reference.length)
            .mapToObj(bin -> new Bin(values.get(bin), reference[bin], found[bin]))
            .toList());
  }

  /** Returns the population stability index. */
  double index() {
    return index(expected(), found());
  }

  private long[] expected() {
    return bins.stream().mapToLong(Bin::expected).toArray();
  }

  private long[] found() {
    return bins.stream().mapToLong(Bin::found).toArray();
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
        new ChiSquaredDistribution(Math.max(1, bins.size() - 1))
            .inverseCumulativeProbability(1 - probability);
    return quantile * (1 / size(expected()) + 1 / size(found()));
  }

  private static double size(long[] counts) {
    return Math.max(1.0, (double) Arrays.stream(counts).sum());
  }
}
