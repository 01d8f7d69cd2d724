package io.meanfield.gate;

/** The values of a column of numbers. */
public record NumberColumn(String name, double min, double max, Histogram histogram) {
  /** Returns how many examples of the profile of this column have no value. */
  long missing(DataProfile profile) {
    return profile.examples() - histogram.total();
  }

  double missingShare(DataProfile profile) {
    return missing(profile) / (double) Math.max(1, profile.examples());
  }

  boolean isConstant() {
    return min == max;
  }
}
