package io.meanfield.evaluate.slice;

/**
 * Bounds of a value that hold with 95 % confidence; NaN if they are unknown.
 *
 * <p>Weighted rows count as {@code (sum of weights)^2 / (sum of squared weights)} rows (Kish 1965).
 */
record Interval(double low, double high) {
  private static final double Z = 1.96;

  static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

  /** Returns the interval of a mean by the normal approximation; unknown below two rows. */
  static Interval ofMean(double mean, double variance, double rows) {
    if (rows < 2) {
      return UNKNOWN;
    }
    double half = Z * Math.sqrt(Math.max(0, variance) / (rows - 1));
    return new Interval(mean - half, mean + half);
  }

  /** Returns the interval of a share (Wilson 1927). */
  static Interval ofShare(double share, double rows) {
    if (rows <= 0 || Double.isNaN(share)) {
      return UNKNOWN;
    }
    double denominator = 1 + Z * Z / rows;
    double middle = (share + Z * Z / (2 * rows)) / denominator;
    double half =
        Z / denominator * Math.sqrt(share * (1 - share) / rows + Z * Z / (4 * rows * rows));
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /**
   * Returns the interval of an area under the ROC curve (Hanley and McNeil 1982); unknown of a
   * perfect order, whose variance they estimate as 0.
   */
  static Interval ofArea(double area, double positives, double negatives) {
    if (positives < 1 || negatives < 1 || area == 0 || area == 1) {
      return UNKNOWN;
    }
    double first = area / (2 - area);
    double second = 2 * area * area / (1 + area);
    double variance =
        (area * (1 - area)
                + (positives - 1) * (first - area * area)
                + (negatives - 1) * (second - area * area))
            / (positives * negatives);
    double half = Z * Math.sqrt(Math.max(0, variance));
    return new Interval(Math.max(0, area - half), Math.min(1, area + half));
  }

  /** Returns the interval of the root of a value that is at least 0. */
  Interval root() {
    return new Interval(Math.sqrt(Math.max(0, low)), Math.sqrt(high));
  }
}
