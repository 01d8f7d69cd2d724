package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
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
  void singleOutputOfAtLeastOneHalfPredictsClassOne() {
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
  void multiLabelPredictionIsCorrectOnlyIfEveryLabelIsCorrect() {
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
  void targetOfASingleOutputIsTheNumberOfTheClass() {
    Minibatch batch = new Minibatch(2, 1, 1);
    batch.reset(2, 0);
    batch.label(1, 1);
    assertThat(batch.targets()).containsExactly(0, 1);
    assertThat(batch.task()).isEqualTo(TaskType.BINARY);
  }
}
