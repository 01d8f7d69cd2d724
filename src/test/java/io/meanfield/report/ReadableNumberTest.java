package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableNumberTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "12;12",
        "-1234567;-1,234,567",
        "12345678.9;12,345,679",
        "1234.5;1,235",
        "12.345;12.35",
        "0.5;0.5000",
        "0.00012345;0.0001235",
        "0.0000123;1.230e-05",
        "1e300;1.000e+300"
      })
  void numberHasFourDigitsOrGroupsOfThree(double value, String text) {
    assertThat(ReadableNumber.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0.0000",
        "1e-13;0.0000",
        "1;1.0000",
        "0.012345;0.0123",
        "0.00012345;0.0001235",
        "9999.5;9999.5000",
        "641190892492222.5;641,190,892,492,223"
      })
  void numberOfUsualSizeHasFourDecimals(double value, String text) {
    assertThat(ReadableNumber.fixed(value)).isEqualTo(text);
  }
}
