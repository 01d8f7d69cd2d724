package io.meanfield.report.page;

/**
 * Bars of one color.
 *
 * @param values one for each category; a number that is not finite has no bar
 */
public record BarSeries(String name, double[] values) {
  public BarSeries {
    Validity.text("the name of a series of bars", name);
  }
}
