package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTypeTest {
  @Test
  void taskFollowsFromTargetsLossAndOutputs() {
    assertThat(TaskType.ofClasses(1)).isEqualTo(TaskType.BINARY);
    assertThat(TaskType.ofClasses(3)).isEqualTo(TaskType.MULTI_CLASS);
    assertThat(TaskType.ofNumbers(Loss.BINARY_CROSSENTROPY, 1)).isEqualTo(TaskType.BINARY);
    assertThat(TaskType.ofNumbers(Loss.BINARY_CROSSENTROPY, 3)).isEqualTo(TaskType.MULTI_LABEL);
    assertThat(TaskType.ofNumbers(Loss.CATEGORICAL_CROSSENTROPY, 3))
        .isEqualTo(TaskType.MULTI_CLASS);
    assertThat(TaskType.ofNumbers(Loss.MSE, 1)).isEqualTo(TaskType.REGRESSION);
    assertThat(TaskType.ofNumbers(Loss.MAE, 3)).isEqualTo(TaskType.REGRESSION);
  }

  @Test
  void oneOutputPredictsClassOneFromOneHalfOn() {
    float[] outputs = {0.5f, 0.49f, 7, -7};
    float[] targets = {1, 0, 1, 1};
    assertThat(TaskType.BINARY.isCorrect(outputs, targets, 0, 1)).isTrue();
    assertThat(TaskType.BINARY.isCorrect(outputs, targets, 1, 1)).isTrue();
    assertThat(TaskType.BINARY.isCorrect(outputs, targets, 2, 1)).isTrue();
    assertThat(TaskType.BINARY.isCorrect(outputs, targets, 3, 1)).isFalse();
    assertThat(TaskType.predictedClass(outputs, 0, 1)).isEqualTo(1);
    assertThat(TaskType.predictedClass(outputs, 1, 1)).isZero();
  }

  @Test
  void multiLabelPredictionIsCorrectOnlyIfAllLabelsAre() {
    float[] outputs = {0.9f, 0.1f, 0.6f, 0.6f};
    float[] targets = {1, 0, 1, 0};
    assertThat(TaskType.MULTI_LABEL.isCorrect(outputs, targets, 0, 2)).isTrue();
    assertThat(TaskType.MULTI_LABEL.isCorrect(outputs, targets, 2, 2)).isFalse();
  }

  @Test
  void largestOutputIsThePredictedClass() {
    float[] outputs = {0.4f, 0.3f, 0.3f};
    assertThat(TaskType.MULTI_CLASS.isCorrect(outputs, new float[] {1, 0, 0}, 0, 3)).isTrue();
    assertThat(TaskType.MULTI_CLASS.isCorrect(outputs, new float[] {0, 1, 0}, 0, 3)).isFalse();
    assertThat(TaskType.predictedClass(outputs, 0, 3)).isZero();
  }

  @Test
  void regressionHasNoAccuracy() {
    assertThat(TaskType.REGRESSION.hasAccuracy()).isFalse();
    assertThatThrownBy(() -> TaskType.REGRESSION.isCorrect(new float[1], new float[1], 0, 1))
        .hasMessage("a regression has no correct or wrong outputs");
    Minibatch batch = new Minibatch(1, 1, 1, TaskType.REGRESSION);
    batch.reset(1, 0);
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
  void targetOfOneOutputIsTheClassItself() {
    Minibatch batch = new Minibatch(2, 1, 1);
    batch.reset(2, 0);
    batch.label(1, 1);
    assertThat(batch.targets()).containsExactly(0, 1);
    assertThat(batch.task()).isEqualTo(TaskType.BINARY);
  }

  @Test
  void sparseCategoricalCrossentropyIsTheSameLoss() {
    SettingsTree tree =
        SettingsTree.load(List.of(), List.of("network.loss=sparse_categorical_crossentropy"));
    assertThat(NetworkSettings.read(tree.section("network")).loss())
        .isEqualTo(Loss.CATEGORICAL_CROSSENTROPY);
  }
}
