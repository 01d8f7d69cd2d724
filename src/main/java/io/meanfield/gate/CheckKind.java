package io.meanfield.gate;

import java.util.Locale;

/** The kinds of checks that the gate makes. */
public enum CheckKind {
  /** Files, columns and values can be read as the settings and the champion's encodings expect. */
  READABLE,
  /** Columns, or the size of images, are those of the champion's data. */
  SCHEMA,
  ROWS,
  ROWS_CHANGE,
  LABELS,
  CLASS_BALANCE,
  RANGE,
  MISSING,
  CONSTANT,
  DUPLICATES,
  TEST_OVERLAP,
  DRIFT;

  /** Returns the kind as it is written in table {@code gate}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
