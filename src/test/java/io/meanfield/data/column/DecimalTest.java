package io.meanfield.data.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DecimalTest {
  private static void assertSameBits(String text) {
    assertThat(Double.doubleToRawLongBits(Decimal.toDouble(text)))
        .as(text)
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    assertThat(Float.floatToRawIntBits(Decimal.toFloat(text)))
        .as(text)
        .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
  }

  @Property(tries = 20_000)
  void numbersHaveTheBitsOfJavasParser(
      @ForAll("digits") long digits, @ForAll @IntRange(max = 30) int scale) {
    assertSameBits(BigDecimal.valueOf(digits, scale).toPlainString());
    assertSameBits(BigDecimal.valueOf(digits, scale).toString()); // some with an exponent
  }

  // As many of each length as of any other, so that both ways of reading are tried.
  @Provide
  Arbitrary<Long> digits() {
    return Arbitraries.integers()
        .between(0, 63)
        .flatMap(bits -> Arbitraries.longs().withoutEdgeCases().map(value -> value >> bits));
  }

  @Example
  void numbersAroundTheLimitsHaveTheBitsOfJavasParser() {
    for (long limit : new long[] {1L << 24, 1L << 53}) {
      for (long digits = limit - 2; digits <= limit + 2; digits++) {
        for (int scale : new int[] {0, 1, 10, 11, 22, 23}) {
          assertSameBits(BigDecimal.valueOf(digits, scale).toPlainString());
        }
      }
    }
    for (String text : new String[] {"-0", "-0.0", "0", "5.", ".5", "-.5", "+1.5", "007", "1e3"}) {
      assertSameBits(text);
    }
  }

  @Example
  void everyTextOfDigitsAndSignsIsTheNumberThatItIsWithAUnit() {
    List<String> texts = List.of("");
    for (int length = 1; length <= 6; length++) {
      texts =
          texts.stream()
              .flatMap(text -> Stream.of("-", "0", ",", ".", "1", "5").map(text::concat))
              .toList();
      for (String text : texts) {
        assertThat(ValueType.NUMBER.parse(text))
            .as(text)
            .isEqualTo(ValueType.NUMBER.parse(text + " kg"));
      }
    }
  }

  @Example
  void numbersOfSpreadsheetsHaveTheBitsOfTheirDigits() {
    Map.of(
            "$1,234.57", "1234.57",
            "-$1,234,567.1", "-1234567.1",
            "12.3%", "12.3",
            "+12 %", "12",
            "16,777,217\u00a0€", "16777217",
            "£ 5.", "5")
        .forEach(
            (text, plain) -> {
              assertThat(Decimal.toDouble(text)).as(text).isEqualTo(Double.parseDouble(plain));
              assertThat(Decimal.toFloat(text)).as(text).isEqualTo(Float.parseFloat(plain));
            });
  }

  @Example
  void otherTextsAreNoNumbers() {
    for (String text :
        new String[] {
          "",
          "NaN",
          "Infinity",
          "0x1p3",
          "1f",
          " 1",
          "1,5",
          "1,2345",
          "12,34,567",
          "%",
          "$",
          "5 x",
          "--1",
          "1-",
          "2026-01-31",
          "١"
        }) {
      assertThat(Decimal.toDouble(text)).as(text).isNaN();
      assertThat(Decimal.toFloat(text)).as(text).isNaN();
    }
    for (String text : new String[] {"-", ".", "-.", "1.2.3", "e5"}) {
      assertThatThrownBy(() -> Decimal.toDouble(text)).isInstanceOf(NumberFormatException.class);
      assertThatThrownBy(() -> Decimal.toFloat(text)).isInstanceOf(NumberFormatException.class);
    }
  }
}
