package io.meanfield.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.ExactSum;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static Moments of(double... values) {
    Moments moments = new Moments();
    DoubleStream.of(values).forEach(moments::add);
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
  void sumIsExactForAnyNumbers() {
    ExactSum sum = new ExactSum();
    for (double number : new double[] {1e308, 0x1p-1000, Double.MIN_VALUE, 1, -1e308, -0.0}) {
      sum.add(number);
    }
    BigDecimal half = BigDecimal.valueOf(0.5);
    assertThat(sum.value())
        .isEqualByComparingTo(BigDecimal.ONE.add(half.pow(1000)).add(half.pow(1074)));
    assertThatThrownBy(() -> sum.add(Double.NaN))
        .hasMessage("only finite numbers have an exact sum, found NaN");
  }

  @Property(tries = 200)
  void sumEqualsThatOfDecimals(@ForAll @Size(max = 50) List<Double> numbers) {
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (double number : numbers) {
      sum.add(number);
      expected = expected.add(new BigDecimal(number));
    }
    assertThat(sum.value()).isEqualByComparingTo(expected);
  }

  @Property(tries = 100)
  void numberThatIsAddedTimesCountsAsOften(
      @ForAll @Size(min = 1, max = 20) List<Float> numbers,
      @ForAll @IntRange(min = 1, max = 50) int times) {
    Moments one = new Moments();
    Moments together = new Moments();
    for (float x : numbers) {
      IntStream.range(0, times).forEach(i -> one.add(x));
      together.add(x, times);
    }
    assertThat(together.mean()).isEqualTo(one.mean());
    assertThat(together.deviation()).isEqualTo(one.deviation());
    assertThat(together.skewness()).isEqualTo(one.skewness());
  }

  @Property(tries = 100)
  void orderAndPartsDoNotMatter(
      @ForAll @Size(min = 1, max = 100) List<Float> numbers,
      @ForAll @IntRange(min = 1, max = 9) int parts,
      @ForAll long seed) {
    Moments one = new Moments();
    numbers.forEach(x -> one.add(x));
    Collections.shuffle(numbers, new Random(seed));
    Moments sum = new Moments();
    for (int part = 0; part < parts; part++) {
      Moments each = new Moments();
      for (int i = part; i < numbers.size(); i += parts) {
        each.add(numbers.get(i));
      }
      sum.add(each);
    }
    assertThat(sum.mean()).isEqualTo(one.mean());
    assertThat(sum.deviation()).isEqualTo(one.deviation());
    assertThat(sum.skewness()).isEqualTo(one.skewness());
  }
}
