package io.meanfield.engine;

import io.meanfield.settings.Section;

/** What network.engine says. */
public enum EngineChoice {
  /** LibTorch where it loads and runs the network, else DL4J. */
  AUTO,
  TORCH,
  DL4J;

  public static EngineChoice read(Section network) {
    return network.choice("engine", EngineChoice.class);
  }
}
