package io.meanfield.gate;

import java.util.Locale;

/** The data that a check of the gate is about. */
public enum CheckedData {
  /** All data that a run would train on. */
  ALL,
  /** The part of them that no version was trained on yet. */
  NEW;

  /** Returns the word that is written in table {@code gate}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
