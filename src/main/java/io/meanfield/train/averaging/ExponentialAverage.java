package io.meanfield.train.averaging;

import io.meanfield.network.IndexRange;
import java.util.List;

/** Moves an average of weights towards new weights. Computed in double, in a fixed order. */
public final class ExponentialAverage {
  private ExponentialAverage() {}

  /**
   * Returns {@code average + share (weights - average)}. Of running deviations, the variances are
   * averaged.
   *
   * @param share the share of the new weights, above 0 and at most 1
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations
   */
  public static float[] next(
      float[] average, float[] weights, double share, List<IndexRange> logDeviations) {
    float[] next = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      next[i] = (float) (average[i] + share * ((double) weights[i] - average[i]));
    }
    for (IndexRange range : logDeviations) {
      for (int i = range.start(); i < range.end(); i++) {
        next[i] = logDeviation(average[i], weights[i], share);
      }
    }
    return next;
  }

  // Equal deviations keep their bits. StrictMath gives the same bits on every machine.
  private static float logDeviation(float average, float weight, double share) {
    if (average == weight) {
      return average;
    }
    double variance =
        (1 - share) * StrictMath.pow(10, 2 * (double) average)
            + share * StrictMath.pow(10, 2 * (double) weight);
    return (float) (StrictMath.log10(variance) / 2);
  }
}
