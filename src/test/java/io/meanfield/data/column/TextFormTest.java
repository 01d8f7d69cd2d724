package io.meanfield.data.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.column.TableColumn.Kind;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormTest {
  /** Returns the form that a column of these texts has. */
  private static TextForm judged(String... texts) {
    ColumnFacts facts = new ColumnFacts(List.of());
    List.of(texts).forEach(facts::add);
    TableColumn column = new TableColumn("x", Kind.TEXT, "string", facts, true);
    return ColumnRules.uses(List.of(column), TextSettings.NONE).get(0).form();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7         |         | 8.5      | 8.5   | 1,500       | a finite number",
        "$850      |         | $1,500.5 | 1500.5 | $1,500      | a finite number in $",
        "12,345    | 800     | 1,500    | 1500  | 1.500       | a finite number such as 1,234",
        "1,234.5   | 1,234   | 1.500    | 1.5   | 1.500,5     | a finite number such as 1,234.5",
        "1,234.50  | 99.95   | 1,500    | 1500  | 1.234.567   | a finite number such as 1,234.5",
        "0,5       | 7,25    | 8        | 8     | 1.500       | a finite number with a decimal"
            + " comma",
        "1.234,5   | 1.500   | 1,500    | 1.5   | 1,500.5     | a finite number such as 1.234,5",
        "1.234.567 | 12.345  | 1.500    | 1500  | 1,500       | a finite number such as 1.234",
      })
  void textsThatMeanTwoNumbersAreValuesIfJudgedOnesWereAlike(
      String one, String other, String value, double number, String wrong, String expected) {
    TextForm form = other == null ? judged(one) : judged(one, other);
    assertThat(form.parse(ValueType.NUMBER, value)).isEqualTo(OptionalDouble.of(number));
    assertThat(form.parse(ValueType.NUMBER, one)).isPresent();
    assertThat(form.parse(ValueType.NUMBER, wrong)).isEmpty();
    assertThat(form.parse(ValueType.FLOAT, wrong)).isEmpty();
    assertThat(form.expected(ValueType.NUMBER)).isEqualTo(expected);
    assertThat(form.isDate()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "45.2   | 45.2%   | a finite number",
        "$7     | 7 €     | a finite number in $",
        "12 %   | 0.5     | a finite number in %",
        "7.50   | EUR 7.5 | a finite number",
      })
  void amountsOfAnotherUnitAreWrong(String judged, String wrong, String expected) {
    TextForm form = judged(judged);
    assertThat(form.parse(ValueType.NUMBER, judged)).isPresent();
    assertThat(form.parse(ValueType.NUMBER, wrong)).isEmpty();
    assertThat(form.expected(ValueType.NUMBER)).isEqualTo(expected);
    assertThat(judged("12 %").parse(ValueType.NUMBER, "0")).hasValue(0);
    assertThat(judged("$7").parse(ValueType.NUMBER, "8")).hasValue(8);
  }
}
