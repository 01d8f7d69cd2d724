package io.meanfield.engine;

import io.meanfield.settings.Section;

/** The values of the setting network.engine. */
public enum EngineChoice {
  /** The engine with which the run began; in a new run LibTorch if it loads, else DL4J. */
  AUTO,
  TORCH,
  DL4J;

  /** Reads the setting from the section {@code network}. */
  public static EngineChoice read(Section network) {
    return network.choice("engine", EngineChoice.class);
  }
}
