package io.meanfield.gate;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects p-values of several tests, so that the probability of any false finding stays below the
 * level (Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure").
 */
final class HolmCorrection {
  private HolmCorrection() {}

  /** Returns the adjusted p-values in the same order. */
  static double[] adjusted(double[] pValues) {
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      largest = Math.max(largest, (pValues.length - rank) * pValues[ascending[rank]]);
      adjusted[ascending[rank]] = Math.min(1, largest);
    }
    return adjusted;
  }
}
