package io.meanfield.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sentences that say what a chart shows, for those who do not see it. */
final class ChartSummary {
  private static final int DETAILED = 8; // so many series are described one by one

  private ChartSummary() {}

  static List<String> of(LineChart chart) {
    List<String> sentences = new ArrayList<>();
    double[] x = chart.series().stream().flatMapToDouble(each -> Arrays.stream(each.x())).toArray();
    sentences.add("Line chart: " + chart.caption() + ".");
    sentences.add(axes(chart.x(), chart.y()) + range(chart.x(), x) + ".");
    chart.series().stream().limit(DETAILED).map(ChartSummary::line).forEach(sentences::add);
    more(chart.series().size(), sentences);
    chart.markers().stream()
        .map(each -> each.label() + " at " + chart.x().shown(each.x()) + ".")
        .forEach(sentences::add);
    return sentences;
  }

  static List<String> of(BarChart chart) {
    List<String> sentences = new ArrayList<>();
    sentences.add("Bar chart: " + chart.caption() + ".");
    sentences.add(chart.y().label() + " of " + chart.categories().size() + " categories.");
    for (BarSeries each : chart.series().stream().limit(DETAILED).toList()) {
      sentences.add(each.name() + ": " + extremes(each.values(), chart.categories()));
    }
    more(chart.series().size(), sentences);
    return sentences;
  }

  static List<String> of(ScatterChart chart) {
    List<String> sentences = new ArrayList<>();
    sentences.add("Scatter chart: " + chart.caption() + ".");
    sentences.add(axes(chart.x(), chart.y()) + ".");
    for (PointSeries each : chart.series().stream().limit(DETAILED).toList()) {
      sentences.add(
          each.name()
              + ": "
              + each.x().length
              + " points"
              + range(chart.x(), each.x())
              + range(chart.y(), each.y())
              + ".");
    }
    more(chart.series().size(), sentences);
    if (chart.diagonal()) {
      sentences.add("On the dashed line both are equal.");
    }
    return sentences;
  }

  private static String axes(Axis x, Axis y) {
    return y.label() + " over " + x.label();
  }

  private static String range(Axis axis, double[] values) {
    if (values.length == 0) {
      return "";
    }
    double smallest = Arrays.stream(values).min().getAsDouble();
    double largest = Arrays.stream(values).max().getAsDouble();
    return ", " + axis.label() + " " + axis.shown(smallest) + " to " + axis.shown(largest);
  }

  private static String line(Series series) {
    double[] known = Arrays.stream(series.y()).filter(Double::isFinite).toArray();
    if (known.length == 0) {
      return series.name() + ": no values.";
    }
    return series.name()
        + ": "
        + Decimals.shown(known[0])
        + " at first, "
        + Decimals.shown(known[known.length - 1])
        + " at last, lowest "
        + Decimals.shown(Arrays.stream(known).min().getAsDouble())
        + ", highest "
        + Decimals.shown(Arrays.stream(known).max().getAsDouble())
        + ".";
  }

  private static String extremes(double[] values, List<String> categories) {
    int lowest = -1;
    int highest = -1;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        lowest = lowest < 0 || values[i] < values[lowest] ? i : lowest;
        highest = highest < 0 || values[i] > values[highest] ? i : highest;
      }
    }
    return lowest < 0
        ? "no values."
        : "lowest "
            + Decimals.shown(values[lowest])
            + " ("
            + categories.get(lowest)
            + "), highest "
            + Decimals.shown(values[highest])
            + " ("
            + categories.get(highest)
            + ").";
  }

  private static void more(int series, List<String> sentences) {
    if (series > DETAILED) {
      sentences.add(series - DETAILED + " more in the table below.");
    }
  }
}
