package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReturnedStatesTest {
  private static final ReturnedStates NOTHING_YET =
      new ReturnedStates(false, Double.POSITIVE_INFINITY, 100);

  @Test
  void includeAnEpochThatIsBetterThanAllBeforeIt() {
    assertThat(NOTHING_YET.include(0.5)).isTrue();
    ReturnedStates after = NOTHING_YET.after(0.5).after(0.7);
    assertThat(after.include(0.6)).isFalse();
    assertThat(after.include(0.5)).isFalse(); // the first of equal epochs is the best
    assertThat(after.include(0.4)).isTrue();
  }

  @Test
  void lossThatIsNoNumberIsWorse() {
    assertThat(NOTHING_YET.include(Double.NaN)).isFalse();
    assertThat(NOTHING_YET.after(Double.NaN).include(9)).isTrue();
  }

  @Test
  void areAllOrNoneIfSaidSo() {
    assertThat(new ReturnedStates(true, 0.1, 100).include(0.2)).isTrue();
    ReturnedStates none = new ReturnedStates(false, Double.NEGATIVE_INFINITY, 100);
    assertThat(none.include(-1)).isFalse();
  }

  @Test
  void haveRoomForSoManyBytes() {
    assertThat(NOTHING_YET.haveRoom(1, 50)).isTrue();
    assertThat(NOTHING_YET.haveRoom(1, 51)).isFalse();
  }
}
