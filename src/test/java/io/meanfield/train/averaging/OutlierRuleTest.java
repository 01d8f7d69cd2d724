package io.meanfield.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.train.averaging.OutlierRule.ZScore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OutlierRuleTest {
  private static ZScore after(int rounds, double... norms) {
    ZScore rule = new ZScore(NormStatistics.NONE);
    for (int i = 0; i < rounds; i++) {
      rule = new ZScore(rule.after(norms));
    }
    return rule;
  }

  @Property
  void firstRoundsHaveThePlainMeanAndVariance(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 9) Double> norms) {
    NormStatistics statistics = NormStatistics.NONE;
    for (double norm : norms) {
      statistics = statistics.after(new double[] {norm});
    }
    double mean = norms.stream().mapToDouble(norm -> norm).average().orElseThrow();
    double variance =
        norms.stream().mapToDouble(norm -> (norm - mean) * (norm - mean)).average().orElseThrow();
    assertThat(statistics.mean()).isCloseTo(mean, within(1e-9));
    assertThat(statistics.variance()).isCloseTo(variance, within(1e-9));
    assertThat(statistics.rounds()).isEqualTo(norms.size());
  }

  @Example
  void laterRoundsWeighTwoPerCent() {
    NormStatistics statistics = new NormStatistics(100, 4, 1);
    NormStatistics next = statistics.after(new double[] {8, 10});
    assertThat(next.mean()).isCloseTo(4 + 0.02 * (9 - 4), within(1e-12));
    // 0.98 * 1 + 0.02 * ((8 - 4) (8 - 4.1) + (10 - 4) (10 - 4.1)) / 2
    assertThat(next.variance()).isCloseTo(0.98 + 0.01 * (4 * 3.9 + 6 * 5.9), within(1e-12));
  }

  @Example
  void normFarAboveTheEarlierOnesIsAnOutlier() {
    ZScore rule = after(10, 1, 1.1, 0.9);
    assertThat(rule.outliers(new double[] {1, 2.5, 1.1})).containsExactly(false, true, false);
    assertThat(rule.outliers(new double[] {0.001, 1, 1})).containsOnly(false);
  }

  @Example
  void zScoreAboveThreeIsNoOutlierBelowTwiceTheMean() {
    ZScore rule = after(10, 1, 1.001);
    assertThat(rule.outliers(new double[] {1.9, 1, 1})).containsOnly(false);
    assertThat(rule.outliers(new double[] {2.1, 1, 1})).containsExactly(true, false, false);
  }

  @Example
  void moreThanHalfOfTheStatesAreNoOutliers() {
    ZScore rule = after(10, 1, 1.1, 0.9);
    assertThat(rule.outliers(new double[] {9, 9, 1, 1})).containsExactly(true, true, false, false);
    assertThat(rule.outliers(new double[] {9, 9, 9, 1})).containsOnly(false);
    // A state that is not averaged anyway does not count.
    assertThat(rule.outliers(new double[] {9, 9, Double.NaN, 1})).containsOnly(false);
  }

  @Example
  void firstRoundsAndOneWorkerHaveNoOutliers() {
    assertThat(after(9, 1, 1.1).outliers(new double[] {99, 1})).containsOnly(false);
    assertThat(after(10, 1, 1.1).outliers(new double[] {99, 1})).containsExactly(true, false);
    assertThat(after(10, 1).outliers(new double[] {99})).containsOnly(false);
  }

  @Example
  void outliersDoNotEnterTheStatistics() {
    ZScore rule = after(10, 1, 1.1, 0.9);
    assertThat(rule.after(new double[] {1, 9, 1.1}))
        .isEqualTo(rule.after(new double[] {1, Double.NaN, 1.1}));
    assertThat(rule.after(new double[] {9, 9, 1.1}).mean()).isGreaterThan(1.05);
  }

  @Property(tries = 50)
  void distanceIsThatOfTheDefinition(@ForAll @IntRange(max = 40) int length) {
    Random random = new Random(length);
    float[] one = new float[length];
    float[] other = new float[length];
    double squares = 0;
    for (int i = 0; i < length; i++) {
      one[i] = random.nextFloat();
      other[i] = random.nextFloat();
      squares += Math.pow((double) one[i] - other[i], 2);
    }
    assertThat(Distance.between(one, other)).isCloseTo(Math.sqrt(squares), within(1e-5));
    assertThat(Distance.between(one, one.clone())).isZero();
    assertThat(Distance.between(one, one)).isZero();
  }

  @Example
  void distanceOfMoreThanOneSliceCountsAllNumbers() {
    float[] ones = new float[2 * Distance.SLICE_SIZE + 5];
    Arrays.fill(ones, 1);
    assertThat(Distance.between(ones, new float[ones.length])).isEqualTo(Math.sqrt(ones.length));
  }
}
