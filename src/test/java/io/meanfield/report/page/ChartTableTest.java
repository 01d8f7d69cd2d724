package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTableTest {
  private static final double NAN = Double.NaN;

  private static LineChart chart(Series... series) {
    return new LineChart(
        "c", Axis.linear("epoch"), Axis.linear("loss"), List.of(series), List.of());
  }

  @Test
  void linesWithDifferentXShareOneTable() {
    Series a = new Series("a", new double[] {1, 3}, new double[] {0.5, NAN});
    Series b = new Series("b", new double[] {2, 3}, new double[] {20, 30});
    assertThat(ChartTable.of(chart(a, b)).rows())
        .containsExactly(
            List.of(Cell.of(1, 0), Cell.of(0.5, 5), Cell.empty()),
            List.of(Cell.of(2, 0), Cell.empty(), Cell.of(20, 0)),
            List.of(Cell.of(3, 0), Cell.empty(), Cell.of(30, 0)));
  }

  @Test
  void severalValuesAtOneXHaveARowEach() {
    Series a = new Series("a", new double[] {-0.0, 0, 1}, new double[] {5, 6, 7});
    assertThat(ChartTable.of(chart(a)).rows())
        .containsExactly(
            List.of(Cell.of(0, 0), Cell.of(5, 0)),
            List.of(Cell.of(0, 0), Cell.of(6, 0)),
            List.of(Cell.of(1, 0), Cell.of(7, 0)));
  }

  @Test
  void decimalsFollowTheLargestNumber() {
    assertThat(Decimals.of(new double[] {0.001, 0.0003})).isEqualTo(7);
    assertThat(Decimals.of(new double[] {97.84, NAN, 3})).isEqualTo(3);
    assertThat(Decimals.of(new double[] {123_456.7})).isZero();
    assertThat(Decimals.of(new double[] {NAN})).isZero();
    assertThat(Decimals.of(new double[] {1e-30})).isEqualTo(12);
  }

  @Test
  void sentencesHaveFiveSignificantDigits() {
    assertThat(Decimals.shown(0.123456789)).isEqualTo("0.12346");
    assertThat(Decimals.shown(-1234.5678)).isEqualTo("-1234.6");
    assertThat(Decimals.shown(60_000)).isEqualTo("60000");
    assertThat(Decimals.shown(1.5e-20)).isEqualTo("1.5E-20");
  }

  @Test
  void summaryTellsWhatALineDoes() {
    Series a = new Series("training", new double[] {1, 2, 3}, new double[] {0.5, 0.2, 0.25});
    Series none = new Series("validation", new double[] {1}, new double[] {NAN});
    assertThat(String.join(" ", ChartSummary.of(chart(a, none))))
        .isEqualTo(
            "Line chart: c. loss over epoch, epoch 1 to 3. training: 0.5 at first, 0.25 at last,"
                + " lowest 0.2, highest 0.5. validation: no values.");
  }

  @Test
  void roundedNumberOfATableKeepsItsExactValue() {
    Html html = new Html();
    new TableHtml(html).number(new Cell.Number(1234.56789, 2));
    new TableHtml(html).number(new Cell.Number(7, 0));
    assertThat(html).hasToString("<data value=\"1234.56789\">1,234.57</data>7");
  }
}
