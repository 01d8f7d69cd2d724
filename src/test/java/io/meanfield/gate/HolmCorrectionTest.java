package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmCorrectionTest {
  @Test
  void smallestPValueIsMultipliedByTheNumberOfTests() {
    // By hand: 4 * 0.005, 3 * 0.01, 2 * 0.03, and 0.04, which may not be below its predecessor.
    assertThat(HolmCorrection.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
  }

  @Test
  void adjustedPValuesAreAtMostOne() {
    assertThat(HolmCorrection.adjusted(new double[] {0.9, 0.6})).containsExactly(1, 1);
    assertThat(HolmCorrection.adjusted(new double[0])).isEmpty();
  }
}
