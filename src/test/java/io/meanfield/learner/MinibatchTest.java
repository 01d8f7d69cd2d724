package io.meanfield.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.Loss;
import org.junit.jupiter.api.Test;

class MinibatchTest {
  @Test
  void rowsHaveWeightOneUnlessSetSinceTheLastReset() {
    Minibatch batch = new Minibatch(4, 2, 3);
    batch.reset(3, 0);
    assertThat(batch.isWeighted()).isFalse();
    assertThat(batch.sampleWeight(1)).isEqualTo(1);
    batch.setWeight(1, 2.5f);
    assertThat(batch.isWeighted()).isTrue();
    assertThat(batch.sampleWeights()).startsWith(1, 2.5f, 1);
    batch.reset(4, 0);
    assertThat(batch.isWeighted()).isFalse();
    batch.setWeight(3, 0);
    assertThat(batch.sampleWeights()).containsExactly(1, 1, 1, 0);
  }

  @Test
  void weightsCountInTheAccuracyOnlyUntilTheNextReset() {
    Minibatch batch = new Minibatch(3, 1, 1);
    float[] outputs = {0, 1, 1}; // the second row is wrong
    for (boolean weighted : new boolean[] {true, false}) {
      batch.reset(3, 0);
      batch.label(2, 1);
      batch.setWeight(0, 4);
      if (weighted) {
        batch.weightAccuracy();
      }
      StepResult result = StepResult.of(Loss.MSE, outputs, batch);
      assertThat(result.correct()).isEqualTo(weighted ? 5 : 2);
      assertThat(result.scored()).isEqualTo(weighted ? 6 : 3);
    }
  }

  @Test
  void lossSumMultipliesTheLossOfEachRowByItsWeight() {
    Minibatch batch = new Minibatch(2, 1, 1);
    batch.reset(2, 0);
    batch.label(1, 1);
    batch.setWeight(0, 3);
    float[] outputs = {0.5f, 0};
    // 3 * 0.5^2 + 1 * 1^2
    assertThat(StepResult.of(Loss.MSE, outputs, batch).lossSum()).isEqualTo(1.75);
  }
}
