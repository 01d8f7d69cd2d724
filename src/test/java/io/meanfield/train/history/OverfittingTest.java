package io.meanfield.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class OverfittingTest {
  // The validation losses of jobs/mnist-train.conf with one worker, from epoch 1.
  private static final double[] DIGITS = {
    0.2188, 0.1624, 0.1407, 0.1246, 0.1177, 0.1120, 0.1128, 0.1095, 0.1166, 0.1042, 0.1087, 0.1236,
    0.1234, 0.1223, 0.1352, 0.1391, 0.1251, 0.1283, 0.1550, 0.1372, 0.1419, 0.1335, 0.1619, 0.1371,
    0.1489, 0.1413, 0.1561, 0.1594, 0.1683, 0.1674
  };

  /** Returns epochs with these validation losses and a falling training loss. */
  private static List<EpochResult> epochs(double... validationLosses) {
    return IntStream.range(0, validationLosses.length)
        .mapToObj(i -> epoch(i + 1, 1.0 / (i + 1), Optional.of(validationLosses[i])))
        .toList();
  }

  private static EpochResult epoch(int number, double trainLoss, Optional<Double> validationLoss) {
    return new EpochResult(
        number,
        new EpochResult.Scores(trainLoss, Optional.empty(), validationLoss, Optional.empty()),
        100,
        1,
        0.001);
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Example
  void overfittingBeginsAfterTheLowestValidationLoss() {
    assertThat(Overfitting.of(epochs(0.5, 0.4, 0.3, 0.35, 0.4, 0.41)).orElseThrow().message())
        .isEqualTo(
            "over-fits from epoch 4; early stopping would have kept epoch 3"
                + " (train.early-stopping.patience = 1 or more)");
  }

  @Example
  void mnistOverfitsAfterThirtyEpochsButNotAfterTwelve() {
    assertThat(Overfitting.of(epochs(DIGITS))).contains(new Overfitting(10, 2));
    assertThat(Overfitting.of(epochs(DoubleStream.of(DIGITS).limit(12).toArray()))).isEmpty();
  }

  @Example
  void patienceIsTheLongestWaitForANewBestEpoch() {
    List<EpochResult> epochs = epochs(0.5, 0.6, 0.55, 0.4, 0.42, 0.3, 0.35, 0.4, 0.41);
    Overfitting found = Overfitting.of(epochs).orElseThrow();
    assertThat(found).isEqualTo(new Overfitting(6, 3));
    EarlyStopping stopping = new EarlyStopping(found.sufficientPatience());
    List<EpochResult> seen =
        IntStream.rangeClosed(1, epochs.size())
            .mapToObj(count -> epochs.subList(0, count))
            .filter(stopping::stopsAfter)
            .findFirst()
            .orElse(epochs);
    assertThat(stopping.best(seen).epoch()).isEqualTo(6);
    assertThat(new EarlyStopping(2).stopsAfter(epochs.subList(0, 3))).isTrue();
  }

  @Example
  void oneOrTwoWorseEpochsAreNoOverfitting() {
    assertThat(Overfitting.of(epochs(0.5, 0.4, 0.3, 0.35, 0.4))).isEmpty();
  }

  @Property
  void validationLossThatFluctuatesByFourPercentIsNoOverfitting(
      @ForAll @DoubleRange(min = 0.01, max = 100) double level,
      @ForAll @Size(min = 1, max = 40)
          List<@DoubleRange(min = -0.04, max = 0.04) @Scale(4) Double> noise) {
    double[] losses = doubles(noise.stream().map(fraction -> level * (1 + fraction)).toList());
    assertThat(Overfitting.of(epochs(losses))).isEmpty();
  }

  @Property
  void validationLossThatRisesClearlyIsOverfittingAtAnyScale(
      @ForAll @IntRange(min = 1, max = 20) int best,
      @ForAll @IntRange(min = 3, max = 20) int later,
      @ForAll @DoubleRange(min = 0.01, max = 100) double scale) {
    double[] losses =
        IntStream.rangeClosed(1, best + later)
            .mapToDouble(
                i -> scale * (i <= best ? 2.0 - (double) i / best : 1.11 + 0.1 * (i - best)))
            .toArray();
    assertThat(Overfitting.of(epochs(losses))).contains(new Overfitting(best, 1));
  }

  @Example
  void trainingLossThatRisesTooIsNoOverfitting() {
    List<EpochResult> diverging =
        IntStream.rangeClosed(1, 6).mapToObj(i -> epoch(i, 0.1 * i, Optional.of(0.1 * i))).toList();
    assertThat(Overfitting.of(diverging)).isEmpty();
  }

  @Example
  void overfittingIsUnknownWithoutValidationLosses() {
    assertThat(Overfitting.of(List.of(epoch(1, 0.5, Optional.empty())))).isEmpty();
    assertThat(Overfitting.of(List.of())).isEmpty();
  }
}
