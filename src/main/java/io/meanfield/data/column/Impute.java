package io.meanfield.data.column;

/** The number that replaces a missing value of a numeric column. */
public enum Impute {
  MEDIAN,
  MEAN,
  /** None: a missing value is an error. */
  REFUSE
}
