package io.meanfield.network;

import java.util.Locale;

/**
 * The libraries that can compute a network. Both use the same settings, weight layout and formulas.
 */
public enum Engine {
  /** LibTorch. */
  TORCH,
  /** DL4J, the reference. */
  DL4J;

  /** Returns the name of the engine in settings and manifests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the engine with this {@link #id}. */
  public static Engine of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
