package io.meanfield.data.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureColumnTest {
  private static float[] inputs(FeatureColumn column, double value) {
    float[] inputs = new float[column.inputs()];
    column.write(value, inputs, 0);
    assertThat(column.inputNames()).hasSize(inputs.length).doesNotHaveDuplicates();
    return inputs;
  }

  private static FeatureColumn number(boolean log, boolean indicator) {
    return FeatureColumn.number(
        "x", ValueType.NUMBER, log, new ColumnScaling(10, 4), List.of(12.0), indicator);
  }

  @Test
  void numberIsScaled() {
    assertThat(inputs(number(false, false), 16)).containsExactly(1.5f);
    assertThat(inputs(number(false, false).unscaled(), 16)).containsExactly(16);
    assertThat(inputs(number(true, false), Math.expm1(18))[0]).isCloseTo(2, within(1e-6f));
  }

  @Test
  void logarithmIsOddSoThatEveryNumberHasOne() {
    assertThat(FeatureColumn.log(Math.E - 1)).isCloseTo(1, within(1e-15));
    assertThat(FeatureColumn.log(1 - Math.E)).isCloseTo(-1, within(1e-15));
    assertThat(FeatureColumn.log(0)).isZero();
  }

  @Test
  void missingNumberIsReplacedAndMarked() {
    assertThat(inputs(number(false, true), Double.NaN)).containsExactly(0.5f, 1);
    assertThat(inputs(number(false, true), 10)).containsExactly(0, 0);
    assertThat(inputs(number(false, false), Double.NaN)).containsExactly(0.5f);
  }

  private static FeatureColumn time(List<DatePart> cyclic, List<DatePart> categories) {
    return new FeatureColumn(
        "t",
        ValueType.TIMESTAMP,
        false,
        ColumnScaling.NONE,
        List.of(),
        List.of(5.0),
        true,
        cyclic,
        categories);
  }

  private static double seconds(String text) {
    return ValueType.TIMESTAMP.parse(text).orElseThrow();
  }

  @Test
  void daysCountFromTheOrigin() {
    FeatureColumn days = time(List.of(), List.of());
    assertThat(inputs(days, seconds("2000-01-01"))).containsExactly(0, 0);
    assertThat(inputs(days, seconds("2000-03-01T06:00"))).containsExactly(60.25f, 0);
    assertThat(inputs(days, seconds("1999-12-31"))).containsExactly(-1, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T00:00, 0, 0, 3, 1, 59, 19782", // a Thursday in a leap year
    "2024-12-31T23:59:59, 23, 1439, 1, 11, 365, 20088",
    "2023-03-01T00:00, 0, 0, 2, 2, 60, 19417", // a holiday has one number in all years
    "2023-12-31T12:00, 12, 720, 6, 11, 365, 19722",
    "1969-12-31T23:59, 23, 1439, 2, 11, 365, -1", // before 1970
    "2026-01-01T01:30:00+02:00, 23, 1410, 2, 11, 365, 20453" // the last evening of 2025 in UTC
  })
  void partsAreThoseOfTheDateInUtc(
      String text, int hour, int minute, int weekday, int month, int yearDay, int day) {
    assertThat(DatePart.HOUR_OF_DAY.at(seconds(text))).isEqualTo(hour);
    assertThat(DatePart.MONTH.at(seconds(text))).isEqualTo(month);
    assertThat(DatePart.DAY.at(seconds(text))).isEqualTo(day);
    assertThat(DatePart.MINUTE_OF_DAY.at(seconds(text))).isEqualTo(minute);
    assertThat(DatePart.DAY_OF_WEEK.at(seconds(text))).isEqualTo(weekday);
    assertThat(DatePart.DAY_OF_YEAR.at(seconds(text))).isEqualTo(yearDay);
  }

  @Test
  void cyclicPartsAreSineAndCosine() {
    FeatureColumn minute = time(List.of(DatePart.MINUTE_OF_DAY), List.of());
    float[] six = inputs(minute, seconds("2026-01-31T06:00"));
    assertThat(six[1]).isCloseTo(1, within(1e-6f));
    assertThat(six[2]).isCloseTo(0, within(1e-6f));
    float[] midnight = inputs(minute, seconds("2026-01-31T00:00"));
    assertThat(Arrays.copyOfRange(midnight, 1, 4)).containsExactly(0, 1, 0);
  }

  @Test
  void partsAsCategoriesAreOneHot() {
    FeatureColumn weekday = time(List.of(), List.of(DatePart.DAY_OF_WEEK));
    float[] saturday = inputs(weekday, seconds("2026-01-31"));
    assertThat(Arrays.copyOfRange(saturday, 1, 8)).containsExactly(0, 0, 0, 0, 0, 1, 0);
    assertThat(weekday.inputNames()).contains("t day-of-week=5", "t missing");
  }

  @Test
  void columnInTheUnitOfTheTableIsOneNumber() {
    List<DatePart> cyclic = DatePart.cyclic(ValueType.TIMESTAMP);
    FeatureColumn all = time(cyclic, List.of(DatePart.DAY_OF_WEEK));
    assertThat(all.inputs()).isEqualTo(1 + 2 * 3 + 7 + 1);
    assertThat(inputs(all.unscaled(), seconds("2000-01-03"))).containsExactly(2);
    assertThat(all.unscaled().inputNames()).containsExactly("t");
    assertThat(inputs(number(true, true).unscaled(), Double.NaN)).containsExactly(Float.NaN);
  }

  @Test
  void missingTimeHasTheCentreOfTheCircle() {
    FeatureColumn minute = time(List.of(DatePart.MINUTE_OF_DAY), List.of(DatePart.DAY_OF_WEEK));
    float[] missing = inputs(minute, Double.NaN);
    assertThat(missing[0]).isEqualTo(5);
    assertThat(Arrays.copyOfRange(missing, 1, 10)).containsOnly(0);
    assertThat(missing[10]).isEqualTo(1);
  }

  @Test
  void valueIsFoundAgainInItsInputs() {
    FeatureColumn area =
        FeatureColumn.number(
            "area", ValueType.NUMBER, false, new ColumnScaling(81.3, 41.7), List.of(81.3), true);
    for (double value : new double[] {64.9, 0, -12.25, 1_968}) {
      assertThat(area.value(written(area, value), 0)).isCloseTo(value, within(1e-9));
    }
    assertThat(area.value(written(area, Double.NaN), 0)).isNaN();
    FeatureColumn amount =
        FeatureColumn.number(
            "amount", ValueType.NUMBER, true, new ColumnScaling(3.5, 1.1), List.of(), false);
    assertThat(amount.value(written(amount, 92.7), 0)).isCloseTo(92.7, within(0.001));
    assertThat(amount.value(written(amount, -7), 0)).isCloseTo(-7, within(0.0001));
  }

  private static float[] written(FeatureColumn column, double value) {
    float[] inputs = new float[column.inputs()];
    column.write(value, inputs, 0);
    return inputs;
  }
}
