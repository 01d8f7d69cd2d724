package io.meanfield.evaluate.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void meanOfAHundredRowsHasTheNormalInterval() {
    Interval interval = Interval.ofMean(5, 4 * 99.0 / 100, 100);
    assertThat(interval.low()).isCloseTo(5 - 1.96 * 0.2, within(1e-9));
    assertThat(interval.high()).isCloseTo(5 + 1.96 * 0.2, within(1e-9));
    assertThat(Interval.ofMean(5, 0, 1)).isEqualTo(Interval.UNKNOWN);
  }

  /** Brown, Cai and DasGupta 2001: 0 of 10 has the Wilson interval from 0 to 0.2775. */
  @Test
  void shareOfNoneOfTenRowsHasAnUpperBoundAboveZero() {
    Interval interval = Interval.ofShare(0, 10);
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isCloseTo(0.2775, within(1e-3));
  }

  /** Hanley and McNeil 1982, table II: the standard error of 0.893 with 51 and 58 is 0.032. */
  @Test
  void areaHasTheIntervalOfHanleyAndMcNeil() {
    Interval interval = Interval.ofArea(0.893, 51, 58);
    assertThat((interval.high() - 0.893) / 1.96).isCloseTo(0.032, within(1e-3));
    assertThat(Interval.ofArea(1, 0, 58)).isEqualTo(Interval.UNKNOWN);
  }
}
