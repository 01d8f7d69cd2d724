package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTest {
  // The outputs of the example begin at index 2.
  private static final float[] OUTPUTS = {9, 9, 0.7f, 0.2f, 0.1f};

  private static double loss(Loss loss, int label) {
    float[] targets = new float[OUTPUTS.length];
    targets[2 + label] = 1;
    return loss.of(OUTPUTS, targets, 2, 3);
  }

  @Test
  void valuesEqualThoseOfKeras() {
    assertThat(loss(Loss.CATEGORICAL_CROSSENTROPY, 0)).isCloseTo(-Math.log(0.7), within(1e-6));
    assertThat(loss(Loss.BINARY_CROSSENTROPY, 0))
        .isCloseTo(-(Math.log(0.7) + Math.log(0.8) + Math.log(0.9)) / 3, within(1e-6));
    assertThat(loss(Loss.MSE, 1)).isCloseTo((0.49 + 0.64 + 0.01) / 3, within(1e-6));
    assertThat(loss(Loss.MAE, 1)).isCloseTo((0.7 + 0.8 + 0.1) / 3, within(1e-6));
  }

  @Test
  void lossOfAProbabilityOfZeroIsFinite() {
    assertThat(Loss.CATEGORICAL_CROSSENTROPY.of(new float[] {0, 1}, new float[] {1, 0}, 0, 2))
        .isCloseTo(-Math.log(1e-7), within(1e-9));
  }

  @Test
  void lossOfNaNIsNaN() {
    assertThat(
            Loss.CATEGORICAL_CROSSENTROPY.of(new float[] {Float.NaN, 1}, new float[] {1, 0}, 0, 2))
        .isNaN();
  }

  @Test
  void targetsThatAreNotOneHotAreAllowed() {
    float[] outputs = {0.7f, 0.2f, 0.1f};
    float[] targets = {0.5f, 0.5f, 0};
    assertThat(Loss.CATEGORICAL_CROSSENTROPY.of(outputs, targets, 0, 3))
        .isCloseTo(-(Math.log(0.7) + Math.log(0.2)) / 2, within(1e-6));
    assertThat(Loss.BINARY_CROSSENTROPY.of(outputs, new float[] {1, 1, 0}, 0, 3))
        .isCloseTo(-(Math.log(0.7) + Math.log(0.2) + Math.log(0.9)) / 3, within(1e-6));
    assertThat(Loss.MAE.of(outputs, new float[] {1, -1, 3}, 0, 3))
        .isCloseTo((0.3 + 1.2 + 2.9) / 3, within(1e-6));
  }

  @Test
  void sparseCategoricalCrossentropyIsReadAsCategoricalCrossentropy() {
    SettingsTree tree =
        SettingsTree.load(List.of(), List.of("network.loss=sparse_categorical_crossentropy"));
    assertThat(NetworkSettings.read(tree.section("network")).loss())
        .isEqualTo(Loss.CATEGORICAL_CROSSENTROPY);
  }

  @Test
  void stepResultCountsCorrectExamplesAndSumsLosses() {
    float[] outputs = {0.9f, 0.1f, 0.4f, 0.6f};
    Minibatch batch = new Minibatch(5, 3, 2);
    batch.reset(2, 0);
    batch.label(0, 0);
    batch.label(1, 0);
    StepResult result = StepResult.of(Loss.CATEGORICAL_CROSSENTROPY, outputs, batch);
    assertThat(result.correct()).isEqualTo(1);
    assertThat(result.scored()).isEqualTo(2);
    assertThat(result.lossSum()).isCloseTo(-Math.log(0.9) - Math.log(0.4), within(1e-6));
  }
}
