package io.meanfield.evaluate.inspection;

import java.util.Arrays;

/**
 * The range that a chart shows of skewed numbers, so that a few far ones do not press all others
 * into a line.
 *
 * @param isCut whether numbers lie outside
 */
public record Skew(double least, double most, boolean isCut) {
  private static final double QUANTILE = 0.01;
  private static final double FAR = 2;

  /**
   * Returns the range from the 1st to the 99th percentile if that of all numbers is more than twice
   * as wide, else that of all numbers.
   */
  public static Skew of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return new Skew(0, 0, false);
    }
    int last = sorted.length - 1;
    int cut = (int) (QUANTILE * last); // none of a hundred or fewer
    double least = sorted[cut];
    double most = sorted[last - cut];
    boolean isCut = most > least && sorted[last] - sorted[0] > FAR * (most - least);
    return isCut ? new Skew(least, most, true) : new Skew(sorted[0], sorted[last], false);
  }

  /** Returns whether the chart shows a number. */
  public boolean shows(double number) {
    return number >= least && number <= most;
  }
}
