package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PageRecordsTest {
  private static final Axis AXIS = Axis.linear("loss");
  private static final List<Block> BLOCKS = List.of(new Paragraph("text"));

  private static void refused(String message, ThrowingCallable record) {
    assertThatThrownBy(record).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void sectionsOfAPageHaveDifferentAnchorsOfSmallLetters() {
    Section section = new Section("a-1", "A", BLOCKS);
    refused(
        "the id of a section must have small letters, digits and hyphens only, found A b",
        () -> new Section("A b", "A", BLOCKS));
    refused(
        "the sections must have different names, found twice: a-1",
        () -> new Page("title", "", List.of(section, section)));
    refused("a page needs at least one section", () -> new Page("title", "", List.of()));
    refused("the title of a page must not be empty", () -> new Page(" ", "", List.of(section)));
  }

  @Test
  void everyRowOfATableHasACellForEachColumn() {
    refused(
        "2 cells in row 2 of table t expected, found 1",
        () ->
            new DataTable(
                "t",
                List.of(Column.text("a"), Column.number("b")),
                List.of(List.of(Cell.of("x"), Cell.of(1, 0)), List.of(Cell.empty()))));
  }

  @Test
  void cellsOfNumbersThatAreNotFiniteAreEmptyOrText() {
    assertThat(Cell.of(Double.NaN, 2)).isEqualTo(Cell.empty());
    assertThat(Cell.of(Double.NEGATIVE_INFINITY, 2)).isEqualTo(Cell.of("−∞"));
    refused("a number of a table must be finite, found NaN", () -> new Cell.Number(Double.NaN, 2));
    refused("expected 0 to 17 decimals, found 18", () -> new Cell.Number(1, 18));
  }

  @Test
  void linesHaveAscendingFiniteXAndAsManyY() {
    refused(
        "2 values of line a expected, found 1",
        () -> new Series("a", new double[] {1, 2}, new double[] {1}));
    refused(
        "x of line a must ascend, found 1.0 after 2.0",
        () -> new Series("a", new double[] {2, 1}, new double[2]));
    refused(
        "x of line a must be finite, found NaN",
        () -> new Series("a", new double[] {Double.NaN}, new double[1]));
    assertThat(new Series("a", new double[] {1, 1}, new double[] {Double.NaN, 2}).line())
        .isEqualTo(Series.Line.STRAIGHT);
  }

  @Test
  void chartsNeedSeriesWithDifferentNames() {
    Series series = new Series("a", new double[1], new double[1]);
    refused(
        "chart c needs at least one line",
        () -> new LineChart("c", AXIS, AXIS, List.of(), List.of()));
    refused(
        "the lines of chart c must have different names, found twice: a",
        () -> new LineChart("c", AXIS, AXIS, List.of(series, series), List.of()));
  }

  @Test
  void barsHaveAValueForEachCategoryAndALinearAxis() {
    List<BarSeries> bars = List.of(new BarSeries("a", new double[2]));
    refused(
        "1 bars of a expected, found 2",
        () -> new BarChart("c", List.of("x"), AXIS, bars, BarChart.Arrangement.GROUPED));
    refused(
        "bars begin at 0, which a logarithmic axis does not have",
        () ->
            new BarChart(
                "c", List.of("x", "y"), Axis.log("l"), bars, BarChart.Arrangement.STACKED));
  }

  @Test
  void heatMapsHaveAValueForEachRowAndColumn() {
    refused(
        "1 rows of heat map h expected, found 2",
        () ->
            new HeatMap("h", List.of("r"), List.of("c"), new double[2][1], "actual", "predicted"));
    refused(
        "1 values in a row of a heat map expected, found 3",
        () ->
            new HeatMap("h", List.of("r"), List.of("c"), new double[1][3], "actual", "predicted"));
  }

  @Test
  void pointsAreFiniteAndHaveALabelEachOrNone() {
    double[] one = {1};
    refused(
        "y of points p must be finite, found Infinity",
        () -> new PointSeries("p", one, new double[] {Double.POSITIVE_INFINITY}));
    refused(
        "1 labels of points p expected, found 2",
        () -> new PointSeries("p", one, one, List.of("a", "b")));
  }

  @Test
  void picturesArePngFilesWithAnAlternativeText() {
    refused("picture digit is no PNG file", () -> new Picture(new byte[] {1, 2, 3}, "", "digit"));
    refused(
        "the alternative text of a picture must not be empty",
        () -> new Picture(DrawnDigit.png(1), "1", ""));
  }
}
