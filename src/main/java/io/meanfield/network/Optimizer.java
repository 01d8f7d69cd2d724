package io.meanfield.network;

import io.meanfield.settings.Section;

/** An optimizer with Keras' hyper-parameters and defaults. */
public sealed interface Optimizer {
  /** The factor of every step; where a {@link Schedule} changes it, the rate it starts from. */
  double learningRate();

  /** Stochastic gradient descent: {@code w -= learningRate * g}. */
  record Sgd(double learningRate) implements Optimizer {}

  /** Tieleman and Hinton 2012, lecture 6.5. */
  record RmsProp(double learningRate, double rho, double epsilon) implements Optimizer {}

  /**
   * Kingma and Ba 2015, algorithm 1, with epsilon outside of the bias correction as in their
   * section 2.
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {}

  /** The optimizers by name. */
  enum Name {
    ADAM,
    RMSPROP,
    SGD
  }

  static Optimizer read(Section optimizer) {
    return switch (optimizer.choice("name", Name.class)) {
      case SGD -> new Sgd(learningRate(optimizer, 0.01));
      case RMSPROP ->
          new RmsProp(
              learningRate(optimizer, 0.001), decay(optimizer, "rho", 0.9), epsilon(optimizer));
      case ADAM ->
          new Adam(
              learningRate(optimizer, 0.001),
              decay(optimizer, "beta-1", 0.9),
              decay(optimizer, "beta-2", 0.999),
              epsilon(optimizer));
    };
  }

  private static double learningRate(Section optimizer, double otherwise) {
    return optimizer.number("learning-rate", rate -> rate > 0 && rate < 1e6, "above 0", otherwise);
  }

  private static double decay(Section optimizer, String key, double otherwise) {
    return optimizer.number(
        key, beta -> beta >= 0 && beta < 1, "at least 0 and below 1", otherwise);
  }

  private static double epsilon(Section optimizer) {
    return optimizer.number("epsilon", e -> e > 0 && e < 1, "above 0 and below 1", 1e-7);
  }
}
