package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static BigDecimal exact(double number, long times) {
    return new BigDecimal(number).multiply(BigDecimal.valueOf(times));
  }

  @Property(tries = 200)
  void sumIsThatOfDecimalNumbers(
      @ForAll @Size(max = 50) List<Double> numbers,
      @ForAll @LongRange(min = 1, max = 1L << 40) long times) {
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (double number : numbers) {
      sum.add(number);
      sum.add(number, times);
      expected = expected.add(exact(number, times + 1));
    }
    assertThat(sum.value()).isEqualByComparingTo(expected);
  }

  @Property(tries = 20)
  void sumOfManyNumbersDoesNotOverflow(@ForAll double number, @ForAll boolean alternates) {
    ExactSum sum = new ExactSum();
    int count = 5000;
    for (int i = 0; i < count; i++) {
      sum.add(alternates && i % 2 == 1 ? -number : number);
    }
    ExactSum twice = new ExactSum();
    twice.add(sum);
    twice.add(sum);
    assertThat(twice.value()).isEqualByComparingTo(exact(number, alternates ? 0 : 2L * count));
  }

  @Test
  void infinityIsRejected() {
    assertThatThrownBy(() -> new ExactSum().add(Double.POSITIVE_INFINITY))
        .hasMessage("only finite numbers have an exact sum, found Infinity");
  }
}
