package io.meanfield.evaluate.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.error.UserException;
import io.meanfield.network.Intervals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalTest {
  private static Conformal.Scored row(double prediction, double error) {
    return new Conformal.Scored(prediction, error, 1);
  }

  private static double radius(List<Conformal.Scored> rows, double level, double prediction) {
    Intervals intervals =
        Conformal.ofNumbers(List.of(level), List.of(List.of(rows)), List.of(rows));
    return intervals.radius(intervals.levels().get(0), 0, prediction);
  }

  @Test
  void radiusIsTheErrorOfTheRankThatLeavesRoomForOneNewRow() {
    List<Conformal.Scored> nine =
        IntStream.rangeClosed(1, 9).mapToObj(error -> row(7, error)).toList();
    // ceil(10 * 0.9) = 9, ceil(10 * 0.5) = 5, ceil(10 * 0.41) = 5
    assertThat(radius(nine, 0.9, 7)).isCloseTo(9, within(1e-12));
    assertThat(radius(nine, 0.5, 7)).isCloseTo(5, within(1e-12));
    assertThat(radius(nine, 0.41, -100)).isCloseTo(5, within(1e-12));
  }

  @Test
  void levelThatNeedsMoreRowsIsRefused() {
    List<Conformal.Scored> eight = Collections.nCopies(8, row(0, 1));
    assertThatThrownBy(() -> radius(eight, 0.9, 0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.intervals = 0.9 needs at least 9 examples with a weight above 0 that the network"
                + " does not learn from, found 8; choose a smaller level, set train.folds, or raise"
                + " data.validation-fraction");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 0.9})
  void newRowIsCoveredWithTheProbabilityOfTheLevel(double level) {
    Random random = new Random(7);
    int rows = 39;
    int trials = 20_000;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      List<Conformal.Scored> seen =
          IntStream.range(0, rows).mapToObj(i -> row(0, Math.abs(random.nextGaussian()))).toList();
      covered += Math.abs(random.nextGaussian()) <= radius(seen, level, 0) ? 1 : 0;
    }
    // Exact for continuous errors: ceil(40 * level) / 40; three standard deviations of the trials.
    assertThat((double) covered / trials)
        .isCloseTo(Math.ceil(40 * level) / 40, within(3 * Math.sqrt(0.25 / trials)));
  }

  @Test
  void widthFollowsThePredictionWhereTheErrorsDo() {
    Random random = new Random(3);
    List<Conformal.Scored> rows =
        IntStream.range(0, 2000)
            .mapToDouble(i -> 1 + 9 * random.nextDouble())
            .mapToObj(
                prediction -> row(prediction, prediction / 4 * Math.abs(random.nextGaussian())))
            .toList();
    // 90 % of a normal distribution lie within 1.645 standard deviations.
    assertThat(radius(rows, 0.9, 2)).isCloseTo(2 / 4.0 * 1.645, within(0.15));
    assertThat(radius(rows, 0.9, 9)).isCloseTo(9 / 4.0 * 1.645, within(0.5));
    assertThat(radius(rows, 0.9, 1e9)).as("constant at the ends").isLessThan(2.5 * 1.645 + 0.5);
  }

  @Test
  void foldWhosePredictionsAreShrunkHasTheErrorsOfItsRanks() {
    // Two networks with the same order of predictions, one of which hardly varies.
    List<Conformal.Scored> wide = new ArrayList<>();
    List<Conformal.Scored> narrow = new ArrayList<>();
    List<Conformal.Scored> mean = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      wide.add(row(i, 1 + i / 100.0));
      narrow.add(row(100 + i / 1000.0, 1 + i / 100.0));
      mean.add(row((i + 100 + i / 1000.0) / 2, 0));
    }
    Intervals intervals =
        Conformal.ofNumbers(List.of(0.9), List.of(List.of(wide, narrow)), List.of(mean));
    Intervals.Level level = intervals.levels().get(0);
    // The mean of both predicts 50 for the first rows, and 150 for the last.
    assertThat(intervals.radius(level, 0, 150))
        .isGreaterThan(2 * intervals.radius(level, 0, 50))
        .isBetween(2.8, 3.6);
  }

  @Test
  void perfectPredictionsHaveIntervalsWithoutWidth() {
    assertThat(radius(Collections.nCopies(20, row(3, 0)), 0.9, 3)).isZero();
  }

  @Test
  void weightsCountAsRows() {
    List<Conformal.Scored> weighted =
        List.of(
            new Conformal.Scored(0, 1, 7),
            new Conformal.Scored(0, 2, 1),
            new Conformal.Scored(0, 3, 1),
            new Conformal.Scored(0, 4, 1));
    // Rank ceil(5 * 0.5) = 3 of 4 rows is 7.5 of the weight of 10.
    assertThat(radius(weighted, 0.5, 0)).isCloseTo(2, within(1e-9));
  }

  @Test
  void setsContainClassesWithTheScoreOfTheQuantile() {
    List<Conformal.Scored> rows =
        IntStream.rangeClosed(1, 9).mapToObj(i -> row(0, i / 10.0)).toList();
    Intervals sets = Conformal.ofClasses(List.of(0.5, 0.9), rows);
    assertThat(sets.scales()).isEmpty();
    assertThat(sets.levels().get(0).leastScore()).isEqualTo(0.5f);
    assertThat(sets.levels().get(1).leastScore()).isCloseTo(0.1f, within(1e-6f));
  }
}
