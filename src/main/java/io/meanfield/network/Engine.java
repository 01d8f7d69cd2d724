package io.meanfield.network;

import java.util.Locale;

/** What computes: both have the same words, layouts and formulas. */
public enum Engine {
  /** LibTorch. */
  TORCH,
  /** DL4J, the reference. */
  DL4J;

  /** As it is written in settings and manifests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The engine whose {@link #id} that is. */
  public static Engine of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
