package io.meanfield.report.page;

import java.util.List;

/**
 * Points of one color.
 *
 * @param x finite
 * @param y finite, as many as x
 * @param labels a name for each point; or empty
 */
public record PointSeries(String name, double[] x, double[] y, List<String> labels) {
  public PointSeries {
    Validity.text("the name of a series of points", name);
    Validity.size("values of points " + name, x.length, y.length);
    for (int i = 0; i < x.length; i++) {
      Validity.finite("x of points " + name, x[i]);
      Validity.finite("y of points " + name, y[i]);
    }
    labels = List.copyOf(labels);
    if (!labels.isEmpty()) {
      Validity.size("labels of points " + name, x.length, labels.size());
    }
  }

  /** Returns points without labels. */
  public PointSeries(String name, double[] x, double[] y) {
    this(name, x, y, List.of());
  }
}
