package io.meanfield.report.page;

import java.util.List;

/**
 * Bars over categories.
 *
 * @param y a linear axis, because bars begin at 0
 * @param series with different names, each with a value for every category
 */
public record BarChart(
    String caption,
    List<String> categories,
    Axis y,
    List<BarSeries> series,
    Arrangement arrangement)
    implements Block {
  /** Where the bars of one category stand. */
  public enum Arrangement {
    /** Side by side. */
    GROUPED,
    /** One on top of the other. */
    STACKED
  }

  public BarChart {
    Validity.text("the caption of a chart", caption);
    categories = Validity.filled("chart " + caption, "category", categories);
    series = Validity.filled("chart " + caption, "series of bars", series);
    Validity.unique("the bars of chart " + caption, series.stream().map(BarSeries::name).toList());
    for (BarSeries each : series) {
      Validity.size("bars of " + each.name(), categories.size(), each.values().length);
    }
    if (y.scale() != Axis.Scale.LINEAR) {
      throw new IllegalArgumentException("bars begin at 0, which a logarithmic axis does not have");
    }
  }
}
