package io.meanfield.promotion;

import io.meanfield.random.Permutation;
import io.meanfield.random.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A bootstrap of the difference of two models on the same examples (Efron and Tibshirani 1993, "An
 * Introduction to the Bootstrap", chapter 16). The examples are drawn with replacement {@value
 * #RESAMPLES} times; the p-value counts the resamples in which the difference has the other sign,
 * plus one (Davison and Hinkley 1997, equation 4.11). The same seed gives the same p-value.
 */
public final class PairedBootstrap implements SignificanceTest {
  static final int RESAMPLES = 10_000;

  /** The difference of the metric on a resample. */
  @FunctionalInterface
  interface Difference {
    /**
     * Returns the challenger's improvement.
     *
     * @param draws the indices of the examples, with repetitions
     */
    double of(int[] draws);
  }

  private final long seed;
  private final int examples;
  private final Difference difference;

  private PairedBootstrap(long seed, int examples, Difference difference) {
    this.seed = seed;
    this.examples = examples;
    this.difference = difference;
  }

  /**
   * Returns the bootstrap of a metric that is a mean over the examples.
   *
   * @param improvements by how much the challenger is better, example by example
   */
  public static PairedBootstrap ofMean(long seed, double[] improvements) {
    return new PairedBootstrap(
        seed,
        improvements.length,
        draws -> Arrays.stream(draws).mapToDouble(i -> improvements[i]).sum());
  }

  /** Returns the bootstrap of the macro F1. */
  public static PairedBootstrap ofMacroF1(long seed, ClassPairs pairs) {
    return new PairedBootstrap(seed, pairs.examples(), pairs::macroF1Improvement);
  }

  /** Returns the bootstrap of the area under the precision-recall curve. */
  public static PairedBootstrap ofAveragePrecision(long seed, ScorePairs pairs) {
    return new PairedBootstrap(seed, pairs.examples(), pairs::averagePrecisionImprovement);
  }

  @Override
  public String name() {
    return "the paired bootstrap";
  }

  @Override
  public double pValue() {
    double[] differences =
        IntStream.range(0, RESAMPLES)
            .parallel()
            .mapToDouble(i -> difference.of(draws(i)))
            .toArray();
    long notBetter = Arrays.stream(differences).filter(d -> d <= 0).count();
    long notWorse = Arrays.stream(differences).filter(d -> d >= 0).count();
    return Math.min(1, 2.0 * (1 + Math.min(notBetter, notWorse)) / (RESAMPLES + 1));
  }

  private int[] draws(int resample) {
    long start = Permutation.key(seed, resample);
    int[] draws = new int[examples];
    for (int i = 0; i < examples; i++) {
      draws[i] = (int) (SplitMix64.uniform(start + i * SplitMix64.GOLDEN_GAMMA) * examples);
    }
    return draws;
  }
}
