package io.meanfield.engine;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import io.meanfield.kernels.Processor;
import io.meanfield.network.Engine;
import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of the computation of a network.
 *
 * @param engine that runs the network, as network.engine names it; empty for auto
 * @param kernels with which the math libraries compute, as run.kernels names them; empty for auto
 * @param precision of the products in training
 */
public record EngineSettings(
    Optional<Engine> engine, Optional<Kernels> kernels, Precision precision) {

  /** Reads the settings from the sections {@code network}, {@code run} and {@code train}. */
  public static EngineSettings read(Section network, Section run, Section train) {
    return new EngineSettings(
        choice(network, "engine", Engine.values(), Engine::id),
        choice(run, "kernels", Kernels.values(), Kernels::id),
        train.choice("precision", Precision.class));
  }

  private static <T> Optional<T> choice(
      Section section, String key, T[] values, Function<T, String> id) {
    Map<String, Optional<T>> choices = new LinkedHashMap<>();
    choices.put("auto", Optional.empty());
    for (T value : values) {
      choices.put(id.apply(value), Optional.of(value));
    }
    return section.choice(key, choices);
  }

  /**
   * Returns the precision in which an engine trains.
   *
   * @throws UserException if it computes with floats of 32 bits only
   */
  public Precision precisionOn(Engine chosen) {
    if (precision == Precision.BFLOAT16 && chosen == Engine.DL4J) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "train.precision = bfloat16 needs the engine torch, but the engine of the run is dl4j;"
              + " set train.precision = float32, or network.engine = torch");
    }
    return precision;
  }

  /**
   * Returns the kernels of a run: the explicit ones; with auto, those with which the run began,
   * those that are selected on the driver, or the level of its processor for the precision.
   *
   * @param selected by the environment variables of the driver, or in its process before
   */
  public Kernels resolved(
      Optional<Kernels> recorded, Optional<Kernels> selected, Processor driver) {
    return kernels.or(() -> recorded).or(() -> selected).orElseGet(() -> driver.highest(precision));
  }
}
