package io.meanfield.report.page;

/**
 * A line of a chart.
 *
 * @param x finite and in ascending order
 * @param y as many as x; a number that is not finite is a gap
 */
public record Series(String name, double[] x, double[] y, Line line) {
  /** How two points are joined. */
  public enum Line {
    /** By a straight line. */
    STRAIGHT,
    /** By a step: a value holds until the next point. */
    STEP,
    /** Not at all: points in the color of the next line. */
    NONE
  }

  public Series {
    Validity.text("the name of a line", name);
    Validity.size("values of line " + name, x.length, y.length);
    for (int i = 0; i < x.length; i++) {
      Validity.finite("x of line " + name, x[i]);
      if (i > 0 && x[i] < x[i - 1]) {
        throw new IllegalArgumentException(
            "x of line " + name + " must ascend, found " + x[i] + " after " + x[i - 1]);
      }
    }
  }

  /** Returns a line whose points are joined by straight lines. */
  public Series(String name, double[] x, double[] y) {
    this(name, x, y, Line.STRAIGHT);
  }
}
