package io.meanfield.pipeline.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueFormsTest {
  /** Returns the forms that all texts have. */
  private static ValueForms common(String... texts) {
    return new ValueForms(Stream.of(texts).mapToLong(ValueForms::of).reduce(-1, (a, b) -> a & b));
  }

  @Test
  void missingValuesHaveNoForms() {
    assertThat(Stream.of("", "NA", "nan", "null", "n/a", "#N/A", "<NA>", "?").map(ValueForms::of))
        .containsOnlyNulls();
    assertThat(ValueForms.of(null)).isNull();
  }

  @Test
  void numbersAreWholeIfAllAre() {
    assertThat(common("3", "-4.0", "1e3").isWhole()).isTrue();
    assertThat(common("3", "0.5").isWhole()).isFalse();
    assertThat(common("3", "0.5").isNumber()).isTrue();
    assertThat(common("3", "-").isNumber()).isFalse();
  }

  @Test
  void otherFormsOfNumbersAreNone() {
    assertThat(common("1,5", "-1.234,75").hasDecimalComma()).isTrue();
    assertThat(common("1,5", "2").hasDecimalComma()).isTrue();
    assertThat(common("1.000", "2").hasDecimalComma()).isFalse();
    assertThat(common("1,5", "2.5").hasDecimalComma()).isFalse();
    assertThat(common("1,500", "2,000").hasDecimalComma()).isTrue();
    assertThat(common("1,500", "2,000").isNumber()).isTrue();
    assertThat(common("1.234,50 €", "€ 5").hasDecimalComma()).isTrue();
    assertThat(common("$1,500.25", "12 %").isWhole()).isFalse();
    assertThat(common("$1,500.25", "12 %").hasDecimalPoint()).isTrue();
    assertThat(common("1", "2.5").hasDecimalPoint()).isTrue();
    assertThat(common("1", "1.000").hasDecimalPoint()).isFalse();
    assertThat(common("true", "FALSE").isTruth()).isTrue();
    assertThat(common("0x10:", "Infinity").bits()).isZero();
  }

  @Test
  void datesOfIsoNeedNoPattern() {
    assertThat(common("2026-01-31", "2026-01-31T08:15").isTime()).isTrue();
    assertThat(common("2026-01-31", "2026-02-30").isTime()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1/31/2026; M/d/yyyy",
        "31/1/2026; d/M/yyyy",
        "31.01.2026; d.M.yyyy",
        "31.01.2026 08:15; d.M.yyyy[ h:mm[:ss] a][ H:mm[:ss]]",
        "2026/1/31 8:15:30; yyyy/M/d[ h:mm[:ss] a][ H:mm[:ss]]",
        "1/31/2026 08:15 PM; M/d/yyyy[ h:mm[:ss] a][ H:mm[:ss]]",
        "Jan 31 2026; MMM d yyyy",
        "Jan 31, 2026; MMM d, yyyy",
        "31-Jan-26; d-MMM-yy",
        "11/11/07; M/d/yy",
        "2026-1-5; yyyy-M-d"
      })
  void patternReadsTheText(String text, String pattern) {
    assertThat(common(text).pattern()).contains(pattern);
  }

  @Test
  void patternReadsAllTexts() {
    assertThat(common("1/2/2026", "1/31/2026").pattern()).contains("M/d/yyyy");
    assertThat(common("1/2/2026", "31/1/2026").pattern()).contains("d/M/yyyy");
    assertThat(common("1/2/2026").isAmbiguous()).isTrue();
    assertThat(common("1/2/2026", "31/1/2026").isAmbiguous()).isFalse();
    assertThat(common("1/31/2026", "31/1/2026").pattern()).isEmpty();
    assertThat(common("1/2/2026 8:15:30", "31/1/2026").pattern())
        .contains("d/M/yyyy[ h:mm[:ss] a][ H:mm[:ss]]");
    assertThat(common("1/31/2026 8:15 AM", "1/2/2026").pattern())
        .contains("M/d/yyyy[ h:mm[:ss] a][ H:mm[:ss]]");
    assertThat(common("1/2/2026", "soon").pattern()).isEmpty();
    assertThat(common("2/30/2026").pattern()).isEmpty();
  }
}
