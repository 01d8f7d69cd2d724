package io.meanfield.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class GibbsNoiseTest {
  private static final int COUNT = 1 << 15;

  private static float[] uniform(int layer, long key, int draw) {
    float[] numbers = new float[COUNT];
    new GibbsNoise(layer).uniform(numbers, COUNT, key, draw);
    return numbers;
  }

  @Test
  void numbersDependOnKeyLayerAndDrawAlone() {
    assertThat(uniform(1, 7, 3)).isEqualTo(uniform(1, 7, 3));
    for (float[] other : new float[][] {uniform(2, 7, 3), uniform(1, 8, 3), uniform(1, 7, 4)}) {
      assertThat(correlation(uniform(1, 7, 3), other)).isCloseTo(0, within(0.02));
    }
  }

  private static double correlation(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += (a[i] - 0.5) * (b[i] - 0.5) * 12;
    }
    return sum / COUNT;
  }

  // The standard deviation of the share of numbers in a tenth is 0.0017.
  @Test
  void uniformNumbersAreBelowOneAndEquallyFrequentInEveryTenth() {
    int[] tenths = new int[10];
    for (float number : uniform(0, 5, 0)) {
      tenths[(int) (10 * number)]++;
    }
    for (int count : tenths) {
      assertThat(count / (double) COUNT).isCloseTo(0.1, within(0.007));
    }
  }

  @Test
  void normalNumbersHaveTheNormalDistribution() {
    float[] numbers = new float[COUNT];
    new GibbsNoise(0).normal(numbers, COUNT, 5, 0);
    double[] sample = new double[COUNT];
    Arrays.setAll(sample, i -> numbers[i]);
    assertThat(
            new KolmogorovSmirnovTest()
                .kolmogorovSmirnovStatistic(new NormalDistribution(0, 1), sample))
        .isLessThan(1.63 / Math.sqrt(COUNT)); // the critical value of 1 %
  }

  @Test
  void unitsOfExamplesCoverAllInputs() {
    GibbsNoise noise = new GibbsNoise(0);
    int[] counts = new int[5];
    for (int example = 0; example < COUNT; example++) {
      counts[noise.unit(5, 9, example)]++;
    }
    for (int count : counts) {
      assertThat(count / (double) COUNT).isCloseTo(0.2, within(0.01));
    }
  }
}
