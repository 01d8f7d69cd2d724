package io.meanfield.engine;

import io.meanfield.settings.Section;

/**
 * The settings of the computation of a network.
 *
 * @param choice of the engine that runs the network
 * @param kernels the choice of the kernels with which the math libraries compute
 */
public record EngineSettings(EngineChoice choice, KernelsChoice kernels) {

  /** Reads the settings from the sections {@code network} and {@code run}. */
  public static EngineSettings read(Section network, Section run) {
    return new EngineSettings(EngineChoice.read(network), KernelsChoice.read(run));
  }
}
