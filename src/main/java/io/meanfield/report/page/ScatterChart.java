package io.meanfield.report.page;

import java.util.List;

/**
 * Points on a plane.
 *
 * @param series with different names
 */
public record ScatterChart(String caption, Axis x, Axis y, List<PointSeries> series)
    implements Block {
  public ScatterChart {
    Validity.text("the caption of a chart", caption);
    series = Validity.filled("chart " + caption, "series of points", series);
    Validity.unique(
        "the points of chart " + caption, series.stream().map(PointSeries::name).toList());
  }
}
