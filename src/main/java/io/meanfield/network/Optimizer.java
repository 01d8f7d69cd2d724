package io.meanfield.network;

import io.meanfield.settings.Section;
import java.io.Serializable;

/** An optimizer with Keras' hyper-parameters and defaults. */
public sealed interface Optimizer extends Serializable {
  /**
   * The factor of every step; where a {@link LearningRateSchedule} changes it, the rate it starts
   * from.
   */
  double learningRate();

  /** Numbers of state that it keeps for each weight. */
  int statePerWeight();

  /**
   * Stochastic gradient descent, {@code w -= learningRate * g}; with momentum, Keras' {@code v =
   * momentum * v - learningRate * g; w += v} (Polyak 1964), and with Nesterov's look ahead {@code w
   * += momentum * v - learningRate * g} (Sutskever et al. 2013, equations 3 and 4).
   */
  record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
    /** Without momentum. */
    public Sgd(double learningRate) {
      this(learningRate, 0, false);
    }

    @Override
    public int statePerWeight() {
      return momentum == 0 ? 0 : 1;
    }
  }

  /** Tieleman and Hinton 2012, lecture 6.5. */
  record RmsProp(double learningRate, double rho, double epsilon) implements Optimizer {
    @Override
    public int statePerWeight() {
      return 1;
    }
  }

  /**
   * Kingma and Ba 2015, algorithm 1, with epsilon outside of the bias correction as in their
   * section 2.
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    @Override
    public int statePerWeight() {
      return 2;
    }
  }

  /**
   * Adam with decoupled weight decay, {@code w -= learningRate * weightDecay * w} besides Adam's
   * step: Loshchilov and Hutter 2019, algorithm 2, on kernels alone.
   */
  record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer {
    @Override
    public int statePerWeight() {
      return 2;
    }
  }

  /** The optimizers by name. */
  enum Name {
    ADAM,
    ADAMW,
    RMSPROP,
    SGD
  }

  static Optimizer read(Section optimizer) {
    return switch (optimizer.choice("name", Name.class)) {
      case SGD ->
          new Sgd(
              learningRate(optimizer, 0.01),
              decay(optimizer, "momentum", 0),
              optimizer.bool("nesterov"));
      case RMSPROP ->
          new RmsProp(
              learningRate(optimizer, 0.001), decay(optimizer, "rho", 0.9), epsilon(optimizer));
      case ADAM ->
          new Adam(
              learningRate(optimizer, 0.001),
              decay(optimizer, "beta-1", 0.9),
              decay(optimizer, "beta-2", 0.999),
              epsilon(optimizer));
      case ADAMW ->
          new AdamW(
              learningRate(optimizer, 0.001),
              decay(optimizer, "beta-1", 0.9),
              decay(optimizer, "beta-2", 0.999),
              epsilon(optimizer),
              optimizer.number("weight-decay", d -> d >= 0 && d < 1e6, "at least 0", 0.004));
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
