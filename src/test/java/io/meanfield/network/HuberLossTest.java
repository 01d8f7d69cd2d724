package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Tests the values of the Huber loss. */
class HuberLossTest {
  @Test
  void smallErrorsCountSquaredAndLargeOnesLinearly() {
    float[] outputs = {0.5f, 3, -4};
    float[] targets = {0, 1, 0};
    // Errors 0.5, 2, -4: 0.125, 1 (2 - 0.5), 1 (4 - 0.5).
    assertThat(Loss.HUBER.of(outputs, targets, 0, 3))
        .isCloseTo((0.125 + 1.5 + 3.5) / 3, within(1e-12));
  }

  @Test
  void bothBranchesMeetAtDelta() {
    float[] target = {0};
    double below = Loss.HUBER.of(new float[] {0.9999f}, target, 0, 1);
    double at = Loss.HUBER.of(new float[] {1}, target, 0, 1);
    double above = Loss.HUBER.of(new float[] {1.0001f}, target, 0, 1);
    assertThat(at).isEqualTo(0.5);
    assertThat(above - at).isCloseTo(at - below, within(1e-6));
  }
}
