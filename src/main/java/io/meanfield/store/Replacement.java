package io.meanfield.store;

/** Whose rows an {@link Output} may replace. */
public enum Replacement {
  /** Those of an earlier attempt of the same run. */
  OF_SAME_RUN,
  /** Those of any run. */
  OF_ANY_RUN
}
