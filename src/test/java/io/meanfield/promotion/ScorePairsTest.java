package io.meanfield.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScorePairsTest {
  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The average precision by its definition, over all scores that occur. */
  private static double averagePrecision(
      int[] actual, double[] scores, double[] weights, int[] draws) {
    double all =
        Arrays.stream(draws).filter(i -> actual[i] == 1).mapToDouble(i -> weights[i]).sum();
    double sum = 0;
    double recall = 0;
    for (double score :
        Arrays.stream(draws).mapToDouble(i -> -scores[i]).sorted().distinct().toArray()) {
      int[] above = Arrays.stream(draws).filter(i -> -scores[i] <= score).toArray();
      double found =
          Arrays.stream(above).filter(i -> actual[i] == 1).mapToDouble(i -> weights[i]).sum();
      double weight = Arrays.stream(above).mapToDouble(i -> weights[i]).sum();
      sum += weight == 0 || all == 0 ? 0 : (found / all - recall) * found / weight;
      recall = all == 0 ? 0 : found / all;
    }
    return sum;
  }

  @Property(tries = 300)
  void improvementIsThatOfTheDefinition(@ForAll long seed) {
    Random random = new Random(seed);
    int examples = 1 + random.nextInt(30);
    int[] actual = new int[examples];
    double[] champion = new double[examples];
    double[] challenger = new double[examples];
    double[] weights = new double[examples];
    for (int i = 0; i < examples; i++) {
      actual[i] = random.nextInt(3) == 0 ? 1 : 0;
      champion[i] = random.nextInt(7) - 3; // ties, and scores below 0
      challenger[i] = random.nextDouble();
      weights[i] = random.nextInt(4) / 2.0;
    }
    int[] draws = random.ints(examples, 0, examples).toArray();
    assertThat(
            new ScorePairs(actual, champion, challenger, weights)
                .averagePrecisionImprovement(draws))
        .isCloseTo(
            averagePrecision(actual, challenger, weights, draws)
                - averagePrecision(actual, champion, weights, draws),
            within(1e-12));
  }

  @Test
  void betterRankingIsSignificantAndAnEqualOneIsNot() {
    int examples = 400;
    int[] actual = new int[examples];
    double[] noise = new double[examples];
    double[] right = new double[examples];
    Random random = new Random(3);
    for (int i = 0; i < examples; i++) {
      actual[i] = i % 8 == 0 ? 1 : 0;
      noise[i] = random.nextDouble();
      right[i] = noise[i] + 0.7 * actual[i];
    }
    ScorePairs better = new ScorePairs(actual, noise, right, ones(examples));
    assertThat(PairedBootstrap.ofAveragePrecision(3, better).pValue())
        .isEqualTo(2.0 / (PairedBootstrap.RESAMPLES + 1));
    // Other scores of the same order are the same ranking.
    double[] halved = right.clone();
    for (int i = 0; i < examples; i++) {
      halved[i] /= 2;
    }
    ScorePairs equal = new ScorePairs(actual, right, halved, ones(examples));
    assertThat(PairedBootstrap.ofAveragePrecision(3, equal).pValue()).isEqualTo(1);
  }

  @Test
  void resampleWithoutClassOneShowsNoDifference() {
    ScorePairs pairs =
        new ScorePairs(new int[] {1, 0}, new double[] {0, 1}, new double[] {1, 0}, ones(2));
    assertThat(pairs.averagePrecisionImprovement(new int[] {1, 1})).isZero();
    assertThat(pairs.averagePrecisionImprovement(new int[] {0, 1})).isEqualTo(0.5);
  }
}
