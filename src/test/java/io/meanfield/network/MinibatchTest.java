package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinibatchTest {
  @Test
  void rowsCountAsOneUntilTheyAreWeighed() {
    Minibatch batch = new Minibatch(4, 2, 3);
    batch.begin(3, 0);
    assertThat(batch.isWeighted()).isFalse();
    assertThat(batch.sampleWeight(1)).isEqualTo(1);
    batch.weigh(1, 2.5f);
    assertThat(batch.isWeighted()).isTrue();
    assertThat(batch.sampleWeights()).startsWith(1, 2.5f, 1);
    batch.begin(4, 0);
    assertThat(batch.isWeighted()).isFalse();
    batch.weigh(3, 0);
    assertThat(batch.sampleWeights()).containsExactly(1, 1, 1, 0);
  }

  @Test
  void lossOfAStepIsTheWeightedSum() {
    Minibatch batch = new Minibatch(2, 1, 1);
    batch.begin(2, 0);
    batch.label(1, 1);
    batch.weigh(0, 3);
    float[] outputs = {0.5f, 0};
    // 3 * 0.5^2 + 1 * 1^2
    assertThat(StepResult.of(Loss.MSE, outputs, batch).lossSum()).isEqualTo(1.75);
  }
}
