package io.meanfield.data.encoding;

/** The values of a number to predict in the training examples. */
public record TargetRange(double mean, double deviation, float least, float most) {
  private static final double LARGE = 1e7; // above 2^23, floats lose what is behind the point
  private static final int FEW_NUMBERS = 10_000;
  private static final int TOO_FEW_NUMBERS = 100;

  /** Returns whether the values are large, and single precision has few numbers between them. */
  public boolean isCoarse() {
    return hasAtMost(FEW_NUMBERS);
  }

  /** Returns whether single precision cannot tell the values apart. */
  public boolean isBlurred() {
    return hasAtMost(TOO_FEW_NUMBERS);
  }

  private boolean hasAtMost(int numbers) {
    float largest = Math.max(Math.abs(least), Math.abs(most));
    return least <= most
        && largest > LARGE
        && (double) most - least < (double) numbers * Math.ulp(largest);
  }
}
