package io.meanfield.promotion;

import java.util.Arrays;

/**
 * Examples in the order of falling scores.
 *
 * @param example the index of each example
 * @param isLastOfTie whether the next example has a lower score
 * @param positive the weight of each example that has class 1, else 0
 * @param weight the weight of each example
 */
record RankedExamples(int[] example, boolean[] isLastOfTie, double[] positive, double[] weight) {
  private static final long INDEX = 0xffffffffL;

  static RankedExamples of(float[] scores, boolean[] isPositive, double[] weights) {
    int[] order = descending(scores);
    boolean[] lasts = new boolean[order.length];
    double[] positive = new double[order.length];
    double[] weight = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      boolean isLast = i == order.length - 1;
      lasts[i] = isLast || scores[order[i]] != scores[order[i + 1]];
      weight[i] = weights[order[i]];
      positive[i] = isPositive[order[i]] ? weight[i] : 0;
    }
    return new RankedExamples(order, lasts, positive, weight);
  }

  /** Sorts integers that have the order of the scores, reversed, in their upper half. */
  private static int[] descending(float[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(scores[i] + 0f); // -0 equals 0
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = ((long) ~ascending << 32) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) (key & INDEX)).toArray();
  }

  /**
   * Returns the average precision of a resample: the sum of precision times increase of recall over
   * all scores, as the metric {@code pr_auc}; 0 if no drawn example has class 1.
   *
   * @param times how often each example was drawn
   */
  double averagePrecision(int[] times) {
    double found = 0;
    double all = 0;
    double tied = 0;
    double sum = 0;
    for (int i = 0; i < example.length; i++) {
      int drawn = times[example[i]];
      tied += drawn * positive[i];
      all += drawn * weight[i];
      if (isLastOfTie[i] && tied > 0) {
        found += tied;
        sum += tied * (found / all);
        tied = 0;
      }
    }
    return found == 0 ? 0 : sum / found;
  }
}
