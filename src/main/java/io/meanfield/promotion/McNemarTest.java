package io.meanfield.promotion;

import org.apache.commons.math3.distribution.BinomialDistribution;

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
  @Override
  public String name() {
    return "McNemar's exact test";
  }

  @Override
  public double pValue() {
    int examples = Math.toIntExact(onlyChampion + onlyChallenger);
    int fewer = Math.toIntExact(Math.min(onlyChampion, onlyChallenger));
    return Math.min(1, 2 * new BinomialDistribution(examples, 0.5).cumulativeProbability(fewer));
  }
}
