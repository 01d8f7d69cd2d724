package io.meanfield.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FallingLossTest {
  private static List<EpochResult> epochs(double... validationLosses) {
    return IntStream.range(0, validationLosses.length)
        .mapToObj(i -> epoch(i + 1, Optional.of(validationLosses[i])))
        .toList();
  }

  private static EpochResult epoch(int number, Optional<Double> validationLoss) {
    return new EpochResult(
        number,
        new EpochResult.Scores(0.5, Optional.empty(), validationLoss, Optional.empty()),
        100,
        1,
        0.001);
  }

  @Test
  void lossThatFallsByMoreThanFivePercentOverTheLastQuarterIsReported() {
    assertThat(
            FallingLoss.of(epochs(2, 1.8, 1.6, 1.4, 1.2, 1.0, 0.8, 0.75)).orElseThrow().message())
        .isEqualTo(
            "the validation loss was still falling when training ended, from 1.0000 after epoch 6"
                + " to 0.7500 after epoch 8; raise train.epochs");
    assertThat(FallingLoss.of(epochs(1, 0.9))).isPresent();
  }

  @Test
  void lossThatHasLevelledOffIsNotReported() {
    assertThat(FallingLoss.of(epochs(2, 1, 0.5, 0.49))).isEmpty();
    assertThat(FallingLoss.of(epochs(1, 0.5, 0.51))).isEmpty();
    assertThat(FallingLoss.of(epochs(1, 0.5, 1e-7))).isEmpty();
  }

  @Test
  void lossWhoseLastValueIsNotTheLowestIsNotReported() {
    assertThat(FallingLoss.of(epochs(0.5, 2, 1))).isEmpty();
  }

  @Test
  void epochsWithoutValidationLossAreNotCompared() {
    EpochResult unknown = epoch(1, Optional.empty());
    assertThat(FallingLoss.of(List.of(unknown, unknown))).isEmpty();
    assertThat(FallingLoss.of(List.of())).isEmpty();
  }
}
