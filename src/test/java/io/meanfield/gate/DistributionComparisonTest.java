package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionComparisonTest {
  private static Histogram halves(long below, long above) {
    return Histogram.of(new double[] {0}, new long[] {below, above});
  }

  // Critical values of Kolmogorov's distribution: 1.358 at 5 %, 1.628 at 1 %, 0.8276 at 50 %
  // (Smirnov 1948).
  @ParameterizedTest
  @CsvSource({"1.358, 0.05", "1.628, 0.01", "0.8275, 0.5", "0.05, 1"})
  void pValueOfKolmogorovAndSmirnovIsThatOfTheTables(double scaled, double pValue) {
    // For n = m = 2,000,000 the distance is the scaled one divided by sqrt(1,000,000).
    long shift = Math.round(scaled * 2000);
    DistributionComparison test =
        DistributionComparison.kolmogorovSmirnov(
            halves(1_000_000, 1_000_000), halves(1_000_000 + shift, 1_000_000 - shift));
    assertThat(test.statistic()).isCloseTo(scaled / 1000, within(1e-9));
    assertThat(test.pValue()).isCloseTo(pValue, within(0.0005));
  }

  @Test
  void kolmogorovAndSmirnovFindTheLargestDistance() {
    double[] edges = {1, 2, 3};
    DistributionComparison test =
        DistributionComparison.kolmogorovSmirnov(
            Histogram.of(edges, new long[] {10, 10, 10, 10}),
            Histogram.of(edges, new long[] {0, 10, 20, 10}));
    assertThat(test.statistic()).isEqualTo(0.25);
  }

  @Test
  void columnsWithoutValuesHaveNothingToCompare() {
    assertThat(DistributionComparison.kolmogorovSmirnov(halves(0, 0), halves(0, 0)).pValue())
        .isEqualTo(1);
  }

  @Test
  void chiSquaredOfATwoByTwoTable() {
    // All expected counts are 15, each is 5 off: 4 * 25 / 15; P(Z^2 > 20/3) = 0.00982.
    DistributionComparison test =
        DistributionComparison.chiSquared(new long[] {10, 20, 0}, new long[] {20, 10, 0});
    assertThat(test.statistic()).isCloseTo(20.0 / 3, within(1e-12));
    assertThat(test.pValue()).isCloseTo(0.009823, within(1e-6));
  }

  @Test
  void chiSquaredDoesNotDependOnTheSizesOfSamplesWithEqualShares() {
    DistributionComparison test =
        DistributionComparison.chiSquared(new long[] {10, 30}, new long[] {100, 300});
    assertThat(test.statistic()).isCloseTo(0, within(1e-12));
    assertThat(test.pValue()).isCloseTo(1, within(1e-6));
  }

  @Test
  void oneCategoryHasNothingToCompare() {
    assertThat(DistributionComparison.chiSquared(new long[] {10, 0}, new long[] {20, 0}).pValue())
        .isEqualTo(1);
  }
}
