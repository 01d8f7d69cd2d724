package io.meanfield.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The numbers of a chart as a table. */
final class ChartTable {
  private ChartTable() {}

  /** Returns a row for each x; lines with a second value at the same x begin another row. */
  static DataTable of(LineChart chart) {
    boolean times = chart.x().scale() == Axis.Scale.TIME;
    String label = chart.x().label();
    List<Column> columns =
        new ArrayList<>(List.of(times ? Column.text(label) : Column.number(label)));
    chart.series().forEach(each -> columns.add(Column.number(each.name())));
    double[] all =
        chart.series().stream().flatMapToDouble(each -> Arrays.stream(each.x())).toArray();
    int[] digits = chart.series().stream().mapToInt(each -> Decimals.of(each.y())).toArray();
    int digitsOfX = Decimals.of(all);
    List<List<Cell>> rows = new ArrayList<>();
    rowsByX(chart.series())
        .forEach(
            (x, values) ->
                rows.addAll(
                    rows(
                        times ? Cell.of(UtcTime.instant(x)) : Cell.of(x, digitsOfX),
                        values,
                        digits)));
    return new DataTable(chart.caption(), columns, rows);
  }

  // For each x the values of every series at it.
  private static NavigableMap<Double, List<List<Double>>> rowsByX(List<Series> series) {
    NavigableMap<Double, List<List<Double>>> rows = new TreeMap<>();
    for (int s = 0; s < series.size(); s++) {
      for (int i = 0; i < series.get(s).x().length; i++) {
        rows.computeIfAbsent(series.get(s).x()[i] + 0.0, x -> lists(series.size())) // -0 is 0
            .get(s)
            .add(series.get(s).y()[i]);
      }
    }
    return rows;
  }

  private static List<List<Double>> lists(int size) {
    return IntStream.range(0, size).<List<Double>>mapToObj(i -> new ArrayList<>()).toList();
  }

  private static List<List<Cell>> rows(Cell x, List<List<Double>> values, int[] digits) {
    int height = values.stream().mapToInt(List::size).max().orElse(0);
    List<List<Cell>> rows = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      List<Cell> cells = new ArrayList<>(List.of(x));
      for (int s = 0; s < digits.length; s++) {
        List<Double> column = values.get(s);
        cells.add(row < column.size() ? Cell.of(column.get(row), digits[s]) : Cell.empty());
      }
      rows.add(cells);
    }
    return rows;
  }

  /** Returns a row for each category. */
  static DataTable of(BarChart chart) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("category")));
    chart.series().forEach(each -> columns.add(Column.number(each.name())));
    int[] digits = chart.series().stream().mapToInt(each -> Decimals.of(each.values())).toArray();
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < chart.categories().size(); i++) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(chart.categories().get(i))));
      for (int s = 0; s < digits.length; s++) {
        cells.add(Cell.of(chart.series().get(s).values()[i], digits[s]));
      }
      rows.add(cells);
    }
    return new DataTable(chart.caption() + ": " + chart.y().label(), columns, rows);
  }

  /** Returns a row for each point. */
  static DataTable of(ScatterChart chart) {
    List<Column> columns =
        List.of(
            Column.text("series"),
            Column.text("point"),
            Column.number(chart.x().label()),
            Column.number(chart.y().label()));
    List<List<Cell>> rows = new ArrayList<>();
    for (PointSeries each : chart.series()) {
      int digitsOfX = Decimals.of(each.x());
      int digitsOfY = Decimals.of(each.y());
      for (int i = 0; i < each.x().length; i++) {
        String label = each.labels().isEmpty() ? Integer.toString(i + 1) : each.labels().get(i);
        rows.add(
            List.of(
                Cell.of(each.name()),
                Cell.of(label),
                Cell.of(each.x()[i], digitsOfX),
                Cell.of(each.y()[i], digitsOfY)));
      }
    }
    return new DataTable(chart.caption(), columns, rows);
  }
}
