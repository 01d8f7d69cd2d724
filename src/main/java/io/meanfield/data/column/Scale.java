package io.meanfield.data.column;

import java.util.Locale;

/** The scaling of a numeric column. */
public enum Scale {
  /** Subtracts the mean and divides by the standard deviation. */
  STANDARD,
  /** Maps the minimum to 0 and the maximum to 1. */
  MIN_MAX,
  /** Subtracts the median and divides by the distance of the quartiles. */
  ROBUST,
  NONE;

  /** Returns the value as it is written in settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
