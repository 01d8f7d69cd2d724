package io.meanfield.report.page;

import java.util.List;

/**
 * Lines over a common x axis. The table below the chart has a row for each x, so a caller that has
 * more than some thousand points passes fewer.
 *
 * @param series lines with different names
 * @param markers vertical lines; may be empty
 */
public record LineChart(String caption, Axis x, Axis y, List<Series> series, List<Marker> markers)
    implements Block {
  public LineChart {
    Validity.text("the caption of a chart", caption);
    series = Validity.filled("chart " + caption, "line", series);
    Validity.unique("the lines of chart " + caption, series.stream().map(Series::name).toList());
    if (y.scale() == Axis.Scale.TIME) {
      throw new IllegalArgumentException("times stand on the x axis only");
    }
    markers = List.copyOf(markers);
  }
}
