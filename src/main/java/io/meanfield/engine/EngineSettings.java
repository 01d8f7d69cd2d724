package io.meanfield.engine;

import io.meanfield.learner.Processor;
import io.meanfield.network.Kernels;
import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the computation of a network.
 *
 * @param choice of the engine that runs the network
 * @param kernels with which the math libraries compute, as run.kernels names them; empty for auto
 */
public record EngineSettings(EngineChoice choice, Optional<Kernels> kernels) {

  /** Reads the settings from the sections {@code network} and {@code run}. */
  public static EngineSettings read(Section network, Section run) {
    Map<String, Optional<Kernels>> choices = new LinkedHashMap<>();
    choices.put("auto", Optional.empty());
    for (Kernels kernels : Kernels.values()) {
      choices.put(kernels.id(), Optional.of(kernels));
    }
    return new EngineSettings(EngineChoice.read(network), run.choice("kernels", choices));
  }

  /**
   * Returns the kernels of a run: the explicit ones; with auto, those with which the run began,
   * those that the environment of the driver selects, or the highest level of its processor.
   *
   * @param selected by the environment variables of the driver
   */
  public Kernels resolved(
      Optional<Kernels> recorded, Optional<Kernels> selected, Processor driver) {
    return kernels.or(() -> recorded).or(() -> selected).orElseGet(driver::highest);
  }
}
