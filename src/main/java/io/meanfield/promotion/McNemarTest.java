package io.meanfield.promotion;

/**
 * McNemar's exact test of two accuracies on the same examples (McNemar 1947, "Note on the sampling
 * error of the difference between correlated proportions or percentages"). Only examples on which
 * one model is right and the other wrong matter; if both were equally good, each of these examples
 * would be a fair coin.
 *
 * @param onlyChampion the number of examples that only the champion predicts correctly
 * @param onlyChallenger the number of examples that only the challenger predicts correctly
 */
public record McNemarTest(long onlyChampion, long onlyChallenger) implements SignificanceTest {
  public McNemarTest {
    if (onlyChampion < 0 || onlyChallenger < 0) {
      throw new IllegalArgumentException(
          "counts must be at least 0, found " + onlyChampion + " and " + onlyChallenger);
    }
  }

  @Override
  public String name() {
    return "McNemar's exact test";
  }

  @Override
  public double pValue() {
    return Math.min(1, 2 * lowerTail(Math.min(onlyChampion, onlyChallenger)));
  }

  // The probability of at most k heads in n tosses of a fair coin, summed from the largest term
  // down.
  private double lowerTail(long k) {
    long n = onlyChampion + onlyChallenger;
    double term = Math.exp(logProbability(n, k));
    double sum = 0;
    for (long i = k; i >= 0; i--) {
      sum += term;
      term *= (double) i / (n - i + 1);
    }
    return sum;
  }

  private static double logProbability(long n, long k) {
    double log = -n * Math.log(2);
    for (long i = 0; i < k; i++) {
      log += Math.log((double) (n - i) / (i + 1));
    }
    return log;
  }
}
