package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockBoundsTest {
  private static final String REMEDY =
      "synchronise the clocks of all machines, for example with chrony";

  @Test
  void slowAnswerOfASynchronousClockIsNoSkew() {
    ClockBounds bounds = ClockBounds.of(10_000, 12_500, 15_000);
    assertThat(bounds).isEqualTo(new ClockBounds(-2_500, 2_500));
    assertThat(bounds.skew()).isZero();
    assertThat(bounds.finding("executor 1 on a"))
        .isEqualTo(Finding.ok("clock", "executor 1 on a", "within 1 s of the driver's clock"));
  }

  @Test
  void clockThatIsAheadIsAWarning() {
    assertThat(ClockBounds.of(10_000, 16_600, 10_100).finding("executor 1 on a"))
        .isEqualTo(
            Finding.warning(
                "clock", "executor 1 on a", "at least 6.5 s ahead of the driver's clock", REMEDY));
  }

  @Test
  void clockThatIsBehindIsAWarning() {
    assertThat(ClockBounds.of(10_000, 8_500, 10_100).finding("executor 1 on a"))
        .isEqualTo(
            Finding.warning(
                "clock", "executor 1 on a", "at least 1.5 s behind the driver's clock", REMEDY));
  }

  @Test
  void oneSecondIsNoWarning() {
    assertThat(ClockBounds.of(0, 1_000, 0).finding("a").result()).isEqualTo(Finding.Result.OK);
    assertThat(ClockBounds.of(0, 1_001, 0).finding("a").result()).isEqualTo(Finding.Result.WARNING);
  }

  @Test
  void severalRoundTripsNarrowTheBounds() {
    ClockBounds slow = new ClockBounds(-4_000, 4_000);
    assertThat(slow.and(new ClockBounds(2_000, 5_000))).isEqualTo(new ClockBounds(2_000, 4_000));
  }

  @Test
  void clockThatWasSetBetweenTwoRoundTripsHasTheLaterBounds() {
    ClockBounds later = new ClockBounds(-10, 10);
    assertThat(new ClockBounds(5_000, 5_010).and(later)).isEqualTo(later);
  }
}
