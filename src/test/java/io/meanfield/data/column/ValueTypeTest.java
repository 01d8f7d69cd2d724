package io.meanfield.data.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T08:15, 2026-01-31T08:15:00Z",
    "2026-01-31 08:15:30Z, 2026-01-31T08:15:30Z",
    "2026-01-31T00:30:00+01:00, 2026-01-30T23:30:00Z",
    "1969-12-31T23:59:59.5, 1969-12-31T23:59:59.500Z"
  })
  void timesAreSecondsInUtc(String text, Instant instant) {
    assertThat(ValueType.TIMESTAMP.parse(text)).hasValue(instant.toEpochMilli() / 1000.0);
  }

  @Test
  void numbersOf64BitsKeepTheirDigits() {
    assertThat(ValueType.NUMBER.parse("1700000001")).hasValue(1_700_000_001);
    assertThat(ValueType.FLOAT.parse("1700000001")).hasValue(1_700_000_000);
  }

  @Test
  void missingValuesAreEmptyOrNamed() {
    assertThat(new String[] {"", "NA", "na", "NaN", "null", "NULL", "N/A", "#N/A", "?"})
        .allMatch(ValueType::isMissing);
    assertThat(new String[] {"0", "none", "-", "North"}).noneMatch(ValueType::isMissing);
  }
}
