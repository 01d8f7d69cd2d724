package io.meanfield.data.source;

/** The treatment of rows of a table that cannot be used. */
public enum BadRows {
  /** Fails with an error message. */
  REFUSE,
  /** Reads all other rows, and counts and lists those that cannot be used. */
  SKIP
}
