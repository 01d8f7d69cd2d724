package io.meanfield.engine;

import io.meanfield.settings.Section;

/** The values of network.engine. */
public enum EngineChoice {
  /** LibTorch if it loads, else DL4J. */
  AUTO,
  TORCH,
  DL4J;

  public static EngineChoice read(Section network) {
    return network.choice("engine", EngineChoice.class);
  }
}
