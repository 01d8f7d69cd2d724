package io.meanfield.network;

import io.meanfield.settings.Section;

/**
 * Reads an optimizer, with Keras' defaults.
 *
 * @param section {@code network.optimizer}
 */
record OptimizerSettings(Section section) {
  /** Reads {@code network.optimizer}. Each invalid value becomes a problem of the settings. */
  Optimizer read() {
    return switch (section.choice(Optimizer.NAME, Optimizer.Name.class)) {
      case SGD ->
          new Optimizer.Sgd(
              learningRate(0.01),
              coefficient(Optimizer.MOMENTUM, 0),
              section.optionalBoolean(Optimizer.NESTEROV));
      case RMSPROP -> new Optimizer.RmsProp(learningRate(0.001), epsilon());
      case ADAM ->
          new Optimizer.Adam(
              learningRate(0.001),
              coefficient(Optimizer.BETA_1, 0.9),
              coefficient(Optimizer.BETA_2, 0.999),
              epsilon());
      case ADAMW ->
          new Optimizer.AdamW(
              learningRate(0.001),
              coefficient(Optimizer.BETA_1, 0.9),
              coefficient(Optimizer.BETA_2, 0.999),
              epsilon(),
              section.optionalNumber(
                  Optimizer.WEIGHT_DECAY,
                  decay -> decay >= 0 && decay < 1e6,
                  "at least 0 and below 1000000",
                  0.004),
              section.optionalBoolean(Optimizer.SCALE_BY_FAN_IN));
    };
  }

  private double learningRate(double defaultValue) {
    return section.optionalNumber(
        Optimizer.LEARNING_RATE,
        rate -> rate > 0 && rate < 1e6,
        "above 0 and below 1000000",
        defaultValue);
  }

  // The engines compute in float. A coefficient that rounds to 1 there would make weights NaN.
  private double coefficient(String key, double defaultValue) {
    return section.optionalNumber(
        key,
        number -> number >= 0 && (float) number < 1,
        "at least 0 and at most 0.9999999",
        defaultValue);
  }

  private double epsilon() {
    return section.optionalNumber(
        Optimizer.EPSILON, e -> e > 0 && e < 1, "above 0 and below 1", 1e-7);
  }
}
