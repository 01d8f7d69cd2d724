package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class ConstantLossTest {
  private static EpochResult epoch(int number, double loss, double validationLoss) {
    return new EpochResult(
        number,
        new EpochResult.Scores(
            loss, Optional.empty(), Optional.of(validationLoss), Optional.empty()),
        1,
        1,
        0.001,
        Optional.empty());
  }

  private static List<EpochResult> epochs(double... losses) {
    List<EpochResult> epochs = new ArrayList<>();
    for (double loss : losses) {
      epochs.add(epoch(epochs.size() + 1, loss, loss));
    }
    return epochs;
  }

  private static RoundRow row(int round, int worker, long examples, Optional<Double> loss) {
    return new RoundRow(
        1,
        round,
        0,
        worker,
        "host",
        TestRounds.work(examples, 1, loss, Optional.empty(), false),
        TestRounds.cost(1, 1, 1, 1));
  }

  /** Returns the rounds of one worker in the first epoch. */
  private static List<RoundRow> rounds(double... losses) {
    List<RoundRow> rounds = new ArrayList<>();
    for (double loss : losses) {
      rounds.add(row(rounds.size() + 1, 0, 100, Optional.of(loss)));
    }
    return rounds;
  }

  @Example
  void constantLossIsReported() {
    assertThat(
            ConstantLoss.of(epochs(2.3026, 2.3027, 2.3025), rounds(2.31, 2.30))
                .orElseThrow()
                .message())
        .isEqualTo(
            "the model has learned nothing: the training loss is 2.3025 in all 3 epochs; try another"
                + " network.optimizer.learning-rate, and check that the labels belong to the"
                + " examples");
  }

  @Example
  void constantLossAfterAWorseFirstRoundIsNotReported() {
    assertThat(ConstantLoss.of(epochs(0.3, 0.3, 0.3), rounds(0.6, 0.29, 0.3))).isEmpty();
  }

  @Example
  void lossOfTheFirstRoundIsWeightedByExamples() {
    List<RoundRow> rounds =
        List.of(
            row(1, 0, 300, Optional.of(0.25)),
            row(1, 1, 100, Optional.of(0.45)),
            row(1, 2, 100, Optional.empty()),
            row(2, 0, 300, Optional.of(0.1)));
    assertThat(ConstantLoss.of(epochs(0.3, 0.3, 0.3), rounds)).isPresent();
  }

  @Example
  void constantLossOfEpochsWithOneRoundIsNotReported() {
    assertThat(ConstantLoss.of(epochs(0.3, 0.3, 0.3), rounds(0.3))).isEmpty();
    assertThat(ConstantLoss.of(epochs(0.3, 0.3, 0.3), List.of())).isEmpty();
  }

  @Example
  void constantLossOfTwoEpochsIsNotReported() {
    assertThat(ConstantLoss.of(epochs(2.3, 2.3), rounds(2.3, 2.3))).isEmpty();
    assertThat(ConstantLoss.of(List.of(), List.of())).isEmpty();
  }

  @Example
  void changingValidationLossIsNoConstantLoss() {
    List<EpochResult> epochs = List.of(epoch(1, 2.3, 2.3), epoch(2, 2.3, 2.2), epoch(3, 2.3, 2.1));
    assertThat(ConstantLoss.of(epochs, rounds(2.3, 2.3))).isEmpty();
  }

  @Property
  void lossThatDiffersByMoreThanOneInThousandIsNoConstantLoss(
      @ForAll @Size(min = 3, max = 20) List<@DoubleRange(min = 0, max = 3) Double> losses) {
    double[] all = losses.stream().mapToDouble(Double::doubleValue).toArray();
    double last = all[all.length - 1];
    all[0] = last * 1.0011;
    assertThat(ConstantLoss.of(epochs(all), rounds(last, last))).isEmpty();
  }
}
