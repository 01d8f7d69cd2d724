package io.meanfield.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static Moments of(double... values) {
    Moments moments = new Moments();
    moments.add(values);
    return moments;
  }

  @Test
  void meanDeviationAndSkewnessAreThoseOfTheirFormulas() {
    // Mean 5; squared distances 9, 1, 1, 1, 0, 0, 4, 16, which is 32 / 8 = 4; cubed distances
    // -27, -1, -1, -1, 0, 0, 8, 64, which is 42 / 8, divided by 2 ^ 3.
    Moments moments = of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(moments.mean()).isEqualTo(5);
    assertThat(moments.deviation()).isEqualTo(2);
    assertThat(moments.skewness()).isCloseTo(42 / 64.0, within(1e-15));
  }

  @Test
  void equalNumbersHaveExactlyNoDeviation() {
    Moments moments = of(0.1, 0.1, 0.1);
    assertThat(moments.mean()).isEqualTo(0.1);
    assertThat(moments.deviation()).isZero();
    assertThat(moments.skewness()).isZero();
  }

  @Test
  void largeMeanLosesNoDigitsOfTheDeviation() {
    assertThat(of(1e15 - 1, 1e15, 1e15 + 1).deviation()).isEqualTo(Math.sqrt(2 / 3.0));
  }

  @Test
  void momentsOfNoNumbersAreZero() {
    assertThat(of().mean()).isZero();
    assertThat(of().deviation()).isZero();
    assertThat(of().skewness()).isZero();
  }

  @Test
  void numberThatIsAddedTimesCountsAsOften() {
    Moments moments = new Moments();
    moments.add(new double[] {2, 4, 5, 7, 9}, new double[] {1, 3, 2, 1, 1});
    Moments one = of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(moments.mean()).isEqualTo(one.mean());
    assertThat(moments.deviation()).isEqualTo(one.deviation());
    assertThat(moments.skewness()).isEqualTo(one.skewness());
  }

  @Property(tries = 100)
  void orderOfArraysDoesNotMatter(
      @ForAll @Size(min = 1, max = 20) List<@Size(max = 9) List<Float>> arrays, @ForAll long seed) {
    Moments one = sum(arrays);
    Collections.shuffle(arrays, new Random(seed));
    int middle = arrays.size() / 2;
    Moments parts = sum(arrays.subList(0, middle));
    parts.add(sum(arrays.subList(middle, arrays.size())));
    assertThat(parts.sum()).isEqualTo(one.sum());
    assertThat(parts.mean()).isEqualTo(one.mean());
    assertThat(parts.deviation()).isEqualTo(one.deviation());
    assertThat(parts.skewness()).isEqualTo(one.skewness());
  }

  private static Moments sum(List<List<Float>> arrays) {
    Moments moments = new Moments();
    arrays.forEach(array -> moments.add(array.stream().mapToDouble(x -> x).toArray()));
    return moments;
  }

  @Property(tries = 100)
  void partsOfNumbersHaveTheMomentsOfAll(
      @ForAll @Size(min = 2, max = 100) List<@IntRange(min = -1000, max = 1000) Integer> numbers,
      @ForAll @IntRange(min = 1, max = 9) int part) {
    double[] all = numbers.stream().mapToDouble(x -> x / 8.0).toArray();
    Moments parts = new Moments();
    for (int from = 0; from < all.length; from += part) {
      parts.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + part)));
    }
    assertThat(parts.mean()).isCloseTo(of(all).mean(), within(1e-12));
    assertThat(parts.deviation()).isCloseTo(of(all).deviation(), within(1e-12));
    assertThat(parts.skewness()).isCloseTo(of(all).skewness(), within(1e-9));
  }
}
