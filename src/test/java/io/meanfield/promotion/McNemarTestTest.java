package io.meanfield.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class McNemarTestTest {
  @Test
  void pValueIsTheTwoSidedBinomialProbability() {
    assertThat(new McNemarTest(0, 5).pValue()).isCloseTo(2 / 32.0, within(1e-15));
    // (1 + 10) of 2^10 outcomes in each tail.
    assertThat(new McNemarTest(1, 9).pValue()).isCloseTo(22 / 1024.0, within(1e-15));
    assertThat(new McNemarTest(9, 1).pValue()).isCloseTo(22 / 1024.0, within(1e-15));
  }

  // Agresti 1990, table 10.1: approval of a prime minister, 150 and 86 changed their minds.
  @Test
  void pValueOfThePublishedExample() {
    assertThat(new McNemarTest(150, 86).pValue()).isCloseTo(3.716e-5, within(5e-9));
  }

  @Test
  void equalModelsAreNotDifferent() {
    assertThat(new McNemarTest(0, 0).pValue()).isEqualTo(1);
    assertThat(new McNemarTest(40, 40).pValue()).isEqualTo(1);
  }

  @Test
  void manyExamplesDoNotUnderflow() {
    // The normal approximation for 5,000 and 5,300: z = (300 - 1) / sqrt(10,300) = 2.946.
    assertThat(new McNemarTest(5_000, 5_300).pValue()).isCloseTo(0.00322, within(2e-5));
  }

  @Property
  void pValueFallsAsTheDifferenceGrows(
      @ForAll @IntRange(max = 50) int wins, @ForAll @IntRange(max = 50) int more) {
    double pValue = new McNemarTest(wins, wins + more).pValue();
    assertThat(pValue).isBetween(0.0, 1.0);
    assertThat(new McNemarTest(wins, wins + more + 1).pValue()).isLessThanOrEqualTo(pValue);
  }
}
