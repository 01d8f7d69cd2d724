package io.meanfield.engine;

import io.meanfield.learner.Processor;
import io.meanfield.network.Kernels;
import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The value of run.kernels.
 *
 * @param explicit the kernels that the setting names; empty for auto
 */
public record KernelsChoice(Optional<Kernels> explicit) {
  private static final KernelsChoice AUTO = new KernelsChoice(Optional.empty());

  public static KernelsChoice read(Section run) {
    Map<String, KernelsChoice> choices = new LinkedHashMap<>();
    choices.put("auto", AUTO);
    for (Kernels kernels : Kernels.values()) {
      choices.put(kernels.id(), new KernelsChoice(Optional.of(kernels)));
    }
    return run.choice("kernels", choices);
  }

  /**
   * Returns the kernels of a run: the explicit ones; with auto, those with which the run began,
   * those that the environment of the driver selects, or the highest level of its processor.
   *
   * @param selected by the environment variables of the driver
   */
  public Kernels resolve(Optional<Kernels> recorded, Optional<Kernels> selected, Processor driver) {
    return explicit.or(() -> recorded).or(() -> selected).orElseGet(driver::highest);
  }
}
