package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetRangeTest {
  private static TargetRange of(double least, double most) {
    return new TargetRange((least + most) / 2, 1, (float) least, (float) most);
  }

  @Test
  void closeValuesAroundALargeNumberAreBlurred() {
    assertThat(of(1e9, 1e9 + 5).isBlurred()).isTrue();
    assertThat(of(-1e9 - 5, -1e9).isBlurred()).isTrue();
    assertThat(of(1.7e9, 1.7e9 + 86_400).isBlurred()).isFalse(); // a day in seconds
  }

  @Test
  void valuesWithFewNumbersBetweenThemAreCoarse() {
    assertThat(of(20_000_000, 20_009_900).isCoarse()).isTrue();
    assertThat(of(20_000_000, 20_009_900).isBlurred()).isFalse();
    assertThat(of(20_000_000, 21_000_000).isCoarse()).isFalse();
  }

  @Test
  void otherValuesAreNot() {
    assertThat(of(0, 5e9).isBlurred()).isFalse();
    assertThat(of(5, 5).isBlurred()).isFalse(); // a constant
    assertThat(of(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY).isBlurred()).isFalse();
  }
}
