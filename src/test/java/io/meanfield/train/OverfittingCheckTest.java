package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverfittingCheckTest {
  /** Epochs with these validation losses, whose training loss falls. */
  private static List<EpochResult> epochs(double... validationLosses) {
    return IntStream.range(0, validationLosses.length)
        .mapToObj(i -> epoch(i + 1, 1.0 / (i + 1), Optional.of(validationLosses[i])))
        .toList();
  }

  private static EpochResult epoch(int number, double trainLoss, Optional<Double> validationLoss) {
    return new EpochResult(
        number, trainLoss, Optional.empty(), validationLoss, Optional.empty(), 100, 1, 0.001);
  }

  @Test
  void beginsBehindTheLowestValidationLoss() {
    assertThat(OverfittingCheck.of(epochs(0.5, 0.4, 0.3, 0.35, 0.4, 0.41)).orElseThrow().message())
        .isEqualTo(
            "over-fits from epoch 4; early stopping would have kept epoch 3"
                + " (train.early-stopping.patience = 1 or more)");
  }

  @Test
  void patienceBridgesTheWorseEpochsBeforeTheBest() {
    List<EpochResult> epochs = epochs(0.5, 0.6, 0.55, 0.4, 0.42, 0.3, 0.35, 0.4, 0.41);
    OverfittingCheck found = OverfittingCheck.of(epochs).orElseThrow();
    assertThat(found).isEqualTo(new OverfittingCheck(6, 3));
    EarlyStopping stopping = new EarlyStopping(found.patience(), 0);
    List<EpochResult> seen =
        IntStream.rangeClosed(1, epochs.size())
            .mapToObj(count -> epochs.subList(0, count))
            .filter(stopping::stopsAfter)
            .findFirst()
            .orElse(epochs);
    assertThat(stopping.best(seen).epoch()).isEqualTo(6);
    assertThat(new EarlyStopping(2, 0).stopsAfter(epochs.subList(0, 3))).isTrue();
  }

  @Test
  void oneOrTwoWorseEpochsAreNoise() {
    assertThat(OverfittingCheck.of(epochs(0.5, 0.4, 0.3, 0.35, 0.4))).isEmpty();
  }

  @Test
  void aTrainingLossThatRisesTooIsNoOverFitting() {
    List<EpochResult> diverging =
        IntStream.rangeClosed(1, 6).mapToObj(i -> epoch(i, 0.1 * i, Optional.of(0.1 * i))).toList();
    assertThat(OverfittingCheck.of(diverging)).isEmpty();
  }

  @Test
  void withoutValidationNobodyCanSay() {
    assertThat(OverfittingCheck.of(List.of(epoch(1, 0.5, Optional.empty())))).isEmpty();
    assertThat(OverfittingCheck.of(List.of())).isEmpty();
  }
}
