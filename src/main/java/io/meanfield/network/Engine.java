package io.meanfield.network;

import java.util.Locale;

/**
 * The libraries that can compute a network. Both use the same settings, weight layout and formulas.
 */
public enum Engine {
  /** LibTorch, called through JavaCPP. */
  TORCH,
  /** DL4J, the reference. */
  DL4J;

  /** Returns the name of the engine in settings and manifests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the engine with this {@link #id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Engine of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
