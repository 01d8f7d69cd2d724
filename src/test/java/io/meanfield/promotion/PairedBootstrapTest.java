package io.meanfield.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  private static double[] repeated(int times, double... values) {
    return IntStream.range(0, times * values.length)
        .mapToDouble(i -> values[i % values.length])
        .toArray();
  }

  @Test
  void improvementInEveryExampleHasTheSmallestPValue() {
    double smallest = 2.0 / (PairedBootstrap.RESAMPLES + 1);
    assertThat(PairedBootstrap.ofMean(1, repeated(50, 0.1)).pValue()).isEqualTo(smallest);
    assertThat(PairedBootstrap.ofMean(1, repeated(50, -0.1)).pValue()).isEqualTo(smallest);
  }

  @Test
  void equalModelsAreNotDifferent() {
    assertThat(PairedBootstrap.ofMean(1, repeated(50, 0)).pValue()).isEqualTo(1);
  }

  // The mean of 100 draws of 2 and -1 is 0.5 with a standard error of 0.15; the probability of at
  // most 0 is that of at most 33 twos among 100 with probability 1/2: 0.0004.
  @Test
  void pValueIsTheShareOfResamplesOfTheOtherSign() {
    assertThat(PairedBootstrap.ofMean(7, repeated(50, 2, -1)).pValue())
        .isCloseTo(2 * 0.000437, within(8e-4));
  }

  // At most 44 ones among 100 draws with probability 1/2 give a mean of at most 0: 0.1356.
  @Test
  void pValueOfASmallDifference() {
    double[] improvements = repeated(50, 14.0 / 11, -1); // 44 of 100 draws balance 56 others
    assertThat(PairedBootstrap.ofMean(7, improvements).pValue())
        .isCloseTo(2 * 0.1356, within(0.03));
  }

  @Test
  void sameSeedHasTheSamePValueAndAnotherSeedAnother() {
    double[] improvements = repeated(50, 14.0 / 11, -1);
    double pValue = PairedBootstrap.ofMean(7, improvements).pValue();
    assertThat(PairedBootstrap.ofMean(7, improvements).pValue()).isEqualTo(pValue);
    assertThat(PairedBootstrap.ofMean(8, improvements).pValue()).isNotEqualTo(pValue);
  }

  private static double[] ones(int count) {
    return repeated(count, 1);
  }

  @Test
  void macroF1OfWeightedExamplesIsThatOfRepeatedOnes() {
    int[] actual = {0, 0, 1, 1};
    int[] champion = {0, 1, 1, 0};
    int[] challenger = {0, 1, 1, 1};
    ClassPairs weighted =
        new ClassPairs(2, actual, champion, challenger, new double[] {1, 3, 0, 2});
    ClassPairs plain = new ClassPairs(2, actual, champion, challenger, ones(4));
    assertThat(weighted.macroF1Improvement(new int[] {0, 1, 2, 3}))
        .isCloseTo(plain.macroF1Improvement(new int[] {0, 1, 1, 1, 3, 3}), within(1e-12));
    assertThat(weighted.macroF1Improvement(new int[] {2, 2})).isZero();
  }

  @Test
  void macroF1IsTheMeanOverTheClassesThatOccur() {
    // Class 2 does not occur. Champion: one of two right in both classes, F1 1/2 each. Challenger:
    // all right.
    ClassPairs pairs =
        new ClassPairs(
            3, new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 0}, new int[] {0, 0, 1, 1}, ones(4));
    int[] each = {0, 1, 2, 3};
    assertThat(pairs.macroF1Improvement(each)).isEqualTo(0.5);
    assertThat(pairs.macroF1Improvement(new int[] {0, 0, 2, 2})).isZero();
  }

  @Test
  void betterMacroF1IsSignificant() {
    int[] actual = IntStream.range(0, 200).map(i -> i % 2).toArray();
    int[] champion = Arrays.copyOf(actual, 200);
    IntStream.range(0, 40).forEach(i -> champion[i] = 1 - champion[i]);
    ClassPairs better = new ClassPairs(2, actual, champion, actual, ones(actual.length));
    assertThat(PairedBootstrap.ofMacroF1(3, better).pValue())
        .isEqualTo(2.0 / (PairedBootstrap.RESAMPLES + 1));
    ClassPairs equal = new ClassPairs(2, actual, champion, champion, ones(actual.length));
    assertThat(PairedBootstrap.ofMacroF1(3, equal).pValue()).isEqualTo(1);
  }
}
