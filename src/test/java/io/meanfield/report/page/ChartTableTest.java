package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
  void timesOfSentencesAreShownToTheMinute() {
    double first = Instant.parse("2026-01-31T03:12:45Z").toEpochMilli();
    LineChart chart =
        new LineChart(
            "c",
            Axis.time("time"),
            Axis.linear("version"),
            List.of(new Series("a", new double[] {first, first + 86_400_000}, new double[] {1, 2})),
            List.of(new Marker(first, "roll-back")));
    assertThat(ChartTable.of(chart).rows())
        .containsExactly(
            List.of(Cell.of(Instant.parse("2026-01-31T03:12:45Z")), Cell.of(1, 0)),
            List.of(Cell.of(Instant.parse("2026-02-01T03:12:45Z")), Cell.of(2, 0)));
    assertThat(String.join(" ", ChartSummary.of(chart)))
        .isEqualTo(
            "Line chart: c. version over time, time 2026-01-31 03:12 UTC to 2026-02-01 03:12 UTC."
                + " a: 1 at first, 2 at last, lowest 1, highest 2. roll-back at 2026-01-31 03:12"
                + " UTC.");
  }

  @Test
  void timeOfATableIsShownToTheMinuteAndKeepsItsSeconds() {
    Html html = new Html();
    new TableHtml(html)
        .append(
            new DataTable(
                "t",
                List.of(Column.text("time")),
                List.of(List.of(Cell.of(Instant.parse("2026-01-31T03:12:45Z"))))));
    assertThat(html.toString())
        .contains("<td><time datetime=\"2026-01-31T03:12:45Z\">2026-01-31 03:12 UTC</time></td>");
  }

  @Test
  void roundedNumberOfATableKeepsItsExactValue() {
    Html html = new Html();
    new TableHtml(html).number(new Cell.Number(1234.56789, 2));
    new TableHtml(html).number(new Cell.Number(7, 0));
    assertThat(html).hasToString("<data value=\"1234.56789\">1,234.57</data>7");
  }
}
