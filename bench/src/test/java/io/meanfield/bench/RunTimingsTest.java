package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTimingsTest {
  private static final RunTimings TIMINGS =
      new RunTimings(
          List.of(
              new EpochTiming(4, 0.5),
              new EpochTiming(2, 0.9),
              new EpochTiming(1, 0.8),
              new EpochTiming(1, 0.9),
              new EpochTiming(1, 0.9),
              new EpochTiming(1, 1.0)));

  @Test
  void epochsToAccuracyEndAtTheFirstEpochThatReachesIt() {
    assertThat(TIMINGS.epochsTo(0.9)).hasValue(2);
    assertThat(TIMINGS.epochsTo(0.95)).hasValue(6);
    assertThat(new RunTimings(TIMINGS.epochs().subList(0, 5)).epochsTo(0.95)).isEmpty();
  }

  @Test
  void secondsAreTheSumOfTheFirstEpochs() {
    assertThat(TIMINGS.seconds(2)).isEqualTo(6);
  }

  @Test
  void finalAccuracyIsTheMeanOfTheLastFiveEpochs() {
    assertThat(TIMINGS.finalAccuracy()).isEqualTo(0.9, within(1e-12));
    assertThat(new RunTimings(TIMINGS.epochs().subList(0, 2)).finalAccuracy())
        .isEqualTo(0.7, within(1e-12));
  }

  @Test
  void laterSecondsAreTheMedianOfTheSecondHalf() {
    assertThat(TIMINGS.laterSeconds()).isEqualTo(1);
    assertThat(new RunTimings(TIMINGS.epochs().subList(0, 3)).laterSeconds()).isEqualTo(1.5);
    assertThat(new RunTimings(TIMINGS.epochs().subList(0, 1)).laterSeconds()).isEqualTo(4);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Median.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
  }
}
