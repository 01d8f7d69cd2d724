package io.meanfield.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.evaluate.metric.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EarlyStoppingTest {
  private static EpochResult epoch(int number, double trainLoss, Optional<Double> validationLoss) {
    return new EpochResult(
        number,
        new EpochResult.Scores(
            trainLoss, Optional.of(0.5), validationLoss, validationLoss.map(loss -> 0.5)),
        10,
        1,
        0.001);
  }

  private static List<EpochResult> epochs(double... validationLosses) {
    List<EpochResult> epochs = new ArrayList<>();
    for (double loss : validationLosses) {
      epochs.add(epoch(epochs.size() + 1, 1.0 / (epochs.size() + 1), Optional.of(loss)));
    }
    return epochs;
  }

  /**
   * Repeats Keras 3's on_epoch_end with its names; returns the epoch after which it stops, or 0.
   */
  private static int keras(List<Double> losses, int patience) {
    double best = Double.POSITIVE_INFINITY;
    int wait = 0;
    for (int epoch = 0; epoch < losses.size(); epoch++) {
      wait++;
      if (losses.get(epoch) < best) {
        best = losses.get(epoch);
        wait = 0;
      } else if (wait >= patience && epoch > 0) {
        return epoch + 1;
      }
    }
    return 0;
  }

  @Property
  void stopsWhereKerasStops(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0.01, max = 3) Double> losses,
      @ForAll @IntRange(min = 1, max = 4) int patience) {
    EarlyStopping policy = new EarlyStopping(patience);
    List<EpochResult> epochs = epochs(losses.stream().mapToDouble(Double::doubleValue).toArray());
    int stopped = 0;
    for (int epoch = 1; epoch <= epochs.size() && stopped == 0; epoch++) {
      stopped = policy.stopsAfter(epochs.subList(0, epoch)) ? epoch : 0;
    }
    assertThat(stopped).isEqualTo(keras(losses, patience));
  }

  @Example
  void improvementIsMeasuredFromTheBestEpochNotFromThePreviousOne() {
    EarlyStopping policy = new EarlyStopping(3);
    List<EpochResult> epochs = epochs(0.5, 0.9, 0.8, 0.7); // falls from epoch 2 on
    assertThat(policy.best(epochs).epoch()).isEqualTo(1);
    assertThat(policy.stopsAfter(epochs.subList(0, 3))).isFalse();
    assertThat(policy.stopsAfter(epochs)).isTrue();
  }

  @Example
  void firstOfEqualEpochsIsTheBest() {
    assertThat(EarlyStopping.OFF.best(epochs(0.5, 0.4, 0.4)).epoch()).isEqualTo(2);
  }

  @Example
  void earlyStoppingThatIsOffNeverStops() {
    assertThat(EarlyStopping.OFF.stopsAfter(epochs(1, 2, 3, 4, 5, 6, 7))).isFalse();
  }

  @Example
  void trainingDoesNotStopBeforeTheFirstEpoch() {
    assertThat(new EarlyStopping(1).stopsAfter(List.of())).isFalse();
  }

  @Example
  void stopsWhenTheLossIsAsGoodAsZero() {
    assertThat(new EarlyStopping(99).stopsAfter(epochs(1, 2e-6))).isFalse();
    assertThat(new EarlyStopping(99).stopsAfter(epochs(1, 5e-7))).isTrue();
    assertThat(EarlyStopping.OFF.stopsAfter(epochs(1, 5e-7))).isFalse();
    EarlyStopping periods = new EarlyStopping(99, Monitor.LOSS, 4, 45); // the first one has three
    assertThat(periods.stopsAfter(epochs(1, 5e-7))).isFalse();
    assertThat(periods.stopsAfter(epochs(1, 5e-7, 0.5))).isTrue();
    assertThat(periods.stopsAfter(epochs(1, 5e-7, 0.5, 0.5))).isFalse();
  }

  @Example
  void trainingLossIsComparedWithoutValidationLoss() {
    List<EpochResult> epochs =
        List.of(epoch(1, 0.3, Optional.empty()), epoch(2, 0.4, Optional.empty()));
    assertThat(new EarlyStopping(1).best(epochs).epoch()).isEqualTo(1);
    assertThat(new EarlyStopping(1).stopsAfter(epochs)).isTrue();
  }

  private static List<EpochResult> monitored(double... values) {
    List<EpochResult> epochs = new ArrayList<>();
    for (double value : values) {
      epochs.add(
          new EpochResult(
              epochs.size() + 1,
              new EpochResult.Scores(
                  1, Optional.empty(), Optional.of(1.0), Optional.empty(), Optional.of(value)),
              10,
              1,
              0.001));
    }
    return epochs;
  }

  @Example
  void largerScoresAndSmallerErrorsAreBetter() {
    List<EpochResult> epochs = monitored(0.5, 0.7, 0.72, 0.6);
    Monitor score = new Monitor("pr_auc", Direction.LARGER_IS_BETTER);
    assertThat(new EarlyStopping(1, score).best(epochs).epoch()).isEqualTo(3);
    assertThat(new EarlyStopping(1, score).stopsAfter(epochs)).isTrue();
    assertThat(new EarlyStopping(2, score).stopsAfter(epochs)).isFalse();
    Monitor error = new Monitor("mse", Direction.SMALLER_IS_BETTER);
    assertThat(new EarlyStopping(1, error).best(epochs).epoch()).isEqualTo(1);
  }

  /** Returns the epoch after which 15 epochs end by their periods alone; 0 if they do not. */
  private static int stoppedByPeriods(double... losses) {
    EarlyStopping policy = new EarlyStopping(99, Monitor.LOSS, 4, 15);
    List<EpochResult> epochs = epochs(losses);
    return IntStream.rangeClosed(1, losses.length)
        .filter(epoch -> policy.stopsAfter(epochs.subList(0, epoch)))
        .findFirst()
        .orElse(0);
  }

  @Example
  void periodThatBringsNoBetterEpochEndsTraining() {
    // The periods end after epochs 1, 3, 7 and 15.
    double[] losses = new double[15];
    Arrays.fill(losses, 9);
    losses[0] = 2;
    assertThat(stoppedByPeriods(losses)).isEqualTo(3);
    losses[1] = 1; // in the second period
    assertThat(stoppedByPeriods(losses)).isEqualTo(7);
    losses[6] = 0.9; // the last epoch of the third one
    assertThat(stoppedByPeriods(losses)).isZero();
  }
}
