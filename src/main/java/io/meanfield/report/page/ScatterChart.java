package io.meanfield.report.page;

import java.util.List;

/**
 * Points on a plane.
 *
 * @param series with different names
 * @param diagonal whether the line on which x and y are equal is drawn
 */
public record ScatterChart(
    String caption, Axis x, Axis y, List<PointSeries> series, boolean diagonal) implements Block {
  public ScatterChart {
    Validity.text("the caption of a chart", caption);
    series = Validity.filled("chart " + caption, "series of points", series);
    Validity.unique(
        "the points of chart " + caption, series.stream().map(PointSeries::name).toList());
  }

  /** Returns points without a diagonal. */
  public ScatterChart(String caption, Axis x, Axis y, List<PointSeries> series) {
    this(caption, x, y, series, false);
  }
}
