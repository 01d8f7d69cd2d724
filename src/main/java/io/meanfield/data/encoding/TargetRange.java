package io.meanfield.data.encoding;

/** The values of a number to predict in the training examples. */
public record TargetRange(double mean, double deviation, float least, float most) {
  private static final double LARGE = 1e7; // above 2^23, floats lose what is behind the point
  private static final int FEWEST_STEPS = 100;

  /** Returns whether the values are so large that single precision loses digits of them. */
  public boolean isLarge() {
    return least <= most && Math.max(Math.abs(least), Math.abs(most)) > LARGE;
  }

  /** Returns whether single precision has too few numbers between the large values. */
  public boolean isBlurred() {
    double step = Math.ulp(Math.max(Math.abs(least), Math.abs(most)));
    return isLarge() && (double) most - least < FEWEST_STEPS * step;
  }
}
