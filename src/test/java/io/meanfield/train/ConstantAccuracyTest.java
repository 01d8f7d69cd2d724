package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConstantAccuracyTest {
  private static List<EpochResult> epochs(long examples, double... accuracies) {
    return IntStream.range(0, accuracies.length)
        .mapToObj(i -> epoch(i + 1, examples, accuracies[i], accuracies[0]))
        .toList();
  }

  private static EpochResult epoch(
      int number, long examples, double accuracy, double validationAccuracy) {
    return new EpochResult(
        number,
        new EpochResult.Scores(
            1.0 / number,
            Optional.of(accuracy),
            Optional.of(1.0 / number),
            Optional.of(validationAccuracy)),
        examples,
        1,
        0.001,
        Optional.empty());
  }

  private static double[] thrice(double accuracy) {
    return DoubleStream.generate(() -> accuracy).limit(3).toArray();
  }

  @Test
  void constantAccuracyIsReportedWithItsProbableCause() {
    assertThat(
            ConstantAccuracy.of(epochs(42_000, thrice(4_145.0 / 42_000))).orElseThrow().message())
        .isEqualTo(
            "the training accuracy is 9.87 % in all 3 epochs: the model probably predicts the same"
                + " class for every example; try a lower network.optimizer.learning-rate or another"
                + " data.balance, and check the scale of the features");
  }

  @Test
  void oneMoreCorrectExampleIsNoConstantAccuracy() {
    assertThat(ConstantAccuracy.of(epochs(42_000, 0.5, 0.5, 0.5 + 1.0 / 42_000))).isEmpty();
  }

  @Test
  void changingValidationAccuracyIsNoConstantAccuracy() {
    List<EpochResult> epochs =
        List.of(epoch(1, 42_000, 0.5, 0.5), epoch(2, 42_000, 0.5, 0.6), epoch(3, 42_000, 0.5, 0.7));
    assertThat(ConstantAccuracy.of(epochs)).isEmpty();
  }

  @Test
  void constantAccuracyOfOneIsNotReported() {
    assertThat(ConstantAccuracy.of(epochs(42_000, thrice(1)))).isEmpty();
  }

  @Test
  void constantAccuracyOfFewExamplesOrEpochsIsNotReported() {
    assertThat(ConstantAccuracy.of(epochs(999, thrice(0.5)))).isEmpty();
    assertThat(ConstantAccuracy.of(epochs(42_000, 0.5, 0.5))).isEmpty();
    assertThat(ConstantAccuracy.of(List.of())).isEmpty();
  }

  @Test
  void regressionHasNoAccuracyToCheck() {
    EpochResult epoch =
        new EpochResult(
            1,
            new EpochResult.Scores(0.5, Optional.empty(), Optional.empty(), Optional.empty()),
            42_000,
            1,
            0.001,
            Optional.empty());
    assertThat(ConstantAccuracy.of(List.of(epoch, epoch, epoch))).isEmpty();
  }
}
