package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTest {
  @Test
  void taskFollowsFromAnswersLossAndOutputs() {
    assertThat(Task.ofClasses(1)).isEqualTo(Task.BINARY);
    assertThat(Task.ofClasses(3)).isEqualTo(Task.MULTI_CLASS);
    assertThat(Task.ofNumbers(Loss.BINARY_CROSSENTROPY, 1)).isEqualTo(Task.BINARY);
    assertThat(Task.ofNumbers(Loss.BINARY_CROSSENTROPY, 3)).isEqualTo(Task.MULTI_LABEL);
    assertThat(Task.ofNumbers(Loss.CATEGORICAL_CROSSENTROPY, 3)).isEqualTo(Task.MULTI_CLASS);
    assertThat(Task.ofNumbers(Loss.MSE, 1)).isEqualTo(Task.REGRESSION);
    assertThat(Task.ofNumbers(Loss.MAE, 3)).isEqualTo(Task.REGRESSION);
  }

  @Test
  void oneOutputSaysOneFromOneHalfOn() {
    float[] outputs = {0.5f, 0.49f, 7, -7};
    float[] targets = {1, 0, 1, 1};
    assertThat(Task.BINARY.isRight(outputs, targets, 0, 1)).isTrue();
    assertThat(Task.BINARY.isRight(outputs, targets, 1, 1)).isTrue();
    assertThat(Task.BINARY.isRight(outputs, targets, 2, 1)).isTrue();
    assertThat(Task.BINARY.isRight(outputs, targets, 3, 1)).isFalse();
    assertThat(Task.classOf(outputs, 0, 1)).isEqualTo(1);
    assertThat(Task.classOf(outputs, 1, 1)).isZero();
  }

  @Test
  void severalLabelsAreRightTogether() {
    float[] outputs = {0.9f, 0.1f, 0.6f, 0.6f};
    float[] targets = {1, 0, 1, 0};
    assertThat(Task.MULTI_LABEL.isRight(outputs, targets, 0, 2)).isTrue();
    assertThat(Task.MULTI_LABEL.isRight(outputs, targets, 2, 2)).isFalse();
  }

  @Test
  void theLargestOutputNamesTheClass() {
    float[] outputs = {0.4f, 0.3f, 0.3f};
    assertThat(Task.MULTI_CLASS.isRight(outputs, new float[] {1, 0, 0}, 0, 3)).isTrue();
    assertThat(Task.MULTI_CLASS.isRight(outputs, new float[] {0, 1, 0}, 0, 3)).isFalse();
    assertThat(Task.classOf(outputs, 0, 3)).isZero();
  }

  @Test
  void regressionIsNeitherRightNorWrong() {
    assertThat(Task.REGRESSION.judges()).isFalse();
    assertThatThrownBy(() -> Task.REGRESSION.isRight(new float[1], new float[1], 0, 1))
        .hasMessage("a regression is neither right nor wrong");
    Minibatch batch = new Minibatch(1, 1, 1, Task.REGRESSION);
    batch.begin(1, 0);
    batch.targets()[0] = 3;
    assertThat(StepResult.of(Loss.MSE, new float[] {1}, batch)).isEqualTo(new StepResult(4, 0, 0));
  }

  @Test
  void targetsNeedNotBeOneHot() {
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
  void oneOutputIsTheClassItself() {
    Minibatch batch = new Minibatch(2, 1, 1);
    batch.begin(2, 0);
    batch.label(1, 1);
    assertThat(batch.targets()).containsExactly(0, 1);
    assertThat(batch.task()).isEqualTo(Task.BINARY);
  }

  @Test
  void sparseCategoricalCrossentropyIsTheSameLoss() {
    SettingsTree tree =
        SettingsTree.load(List.of(), List.of("network.loss=sparse_categorical_crossentropy"));
    assertThat(NetworkSettings.read(tree.section("network")).loss())
        .isEqualTo(Loss.CATEGORICAL_CROSSENTROPY);
  }
}
