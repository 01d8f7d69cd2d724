package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the values of the pinball loss. */
class PinballLossTest {
  private static final Loss UPPER = new Loss(Loss.Kind.PINBALL, 0.9);

  @Test
  void aTargetAboveTheOutputCostsNineTimesOneBelow() {
    float[] output = {1};
    assertThat(UPPER.of(output, new float[] {3}, 0, 1)).isCloseTo(0.9 * 2, within(1e-12));
    assertThat(UPPER.of(output, new float[] {-1}, 0, 1)).isCloseTo(0.1 * 2, within(1e-12));
    assertThat(UPPER.of(output, output, 0, 1)).isZero();
  }

  @Test
  void theQuantileHasTheSmallestLoss() {
    assertThat(meanOfHundred(90.5f)).isLessThan(meanOfHundred(88)).isLessThan(meanOfHundred(93));
  }

  private static double meanOfHundred(float output) {
    return IntStream.rangeClosed(1, 100)
        .mapToDouble(target -> UPPER.of(new float[] {output}, new float[] {target}, 0, 1))
        .average()
        .orElseThrow();
  }
}
