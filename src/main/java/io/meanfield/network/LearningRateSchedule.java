package io.meanfield.network;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The learning rate as a function of the optimizer's rate and {@link LearnerState#iteration}. The
 * iteration is part of the learner's state, so after averaging, a retry or a resume a worker has
 * the same rate as in an uninterrupted run.
 *
 * <p>Uses StrictMath throughout, so that executors with different processors compute the same bits.
 */
public sealed interface LearningRateSchedule extends Serializable {
  String NAME = "name";
  String DECAY_STEPS = "decay-steps";
  String DECAY_RATE = "decay-rate";
  String ALPHA = "alpha";
  String WARMUP_STEPS = "warmup-steps";

  /**
   * Returns the rate of the step that follows {@code iteration} minibatches.
   *
   * @param base the optimizer's learning rate, which is the maximum of every schedule
   * @param iteration from 0
   */
  double rate(double base, int iteration);

  /**
   * Returns the rate of the step that follows {@code iteration} minibatches; during a warm-up, the
   * rate at its end. It never rises.
   */
  default double decayingRate(double base, int iteration) {
    return rate(base, iteration);
  }

  /** Returns the settings from which {@link #read} restores the schedule. */
  Map<String, Object> toSettings();

  /** The base rate in every step. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double rate(double base, int iteration) {
      return base;
    }

    @Override
    public Map<String, Object> toSettings() {
      return settings(Name.CONSTANT);
    }
  }

  /**
   * {@code base * decayRate ^ floor(iteration / decaySteps)}: Keras' ExponentialDecay with
   * staircase.
   */
  record Step(int decaySteps, double decayRate) implements LearningRateSchedule {
    @Override
    public double rate(double base, int iteration) {
      int decays = iteration / decaySteps;
      return base * StrictMath.pow(decayRate, decays);
    }

    @Override
    public Map<String, Object> toSettings() {
      return settings(Name.STEP, decaySteps, DECAY_RATE, decayRate);
    }
  }

  /** {@code base * decayRate ^ (iteration / decaySteps)}: Keras' ExponentialDecay. */
  record Exponential(int decaySteps, double decayRate) implements LearningRateSchedule {
    @Override
    public double rate(double base, int iteration) {
      return base * StrictMath.pow(decayRate, (double) iteration / decaySteps);
    }

    @Override
    public Map<String, Object> toSettings() {
      return settings(Name.EXPONENTIAL, decaySteps, DECAY_RATE, decayRate);
    }
  }

  /**
   * {@code base * (alpha + (1 - alpha) * (1 + cos(pi * t)) / 2)} with {@code t = min(1, iteration /
   * decaySteps)}: Keras' CosineDecay; Loshchilov and Hutter 2017, equation 5, with one period that
   * ends at {@code alpha * base} and stays there.
   */
  record Cosine(int decaySteps, double alpha) implements LearningRateSchedule {
    @Override
    public double rate(double base, int iteration) {
      double progress = (double) Math.min(iteration, decaySteps) / decaySteps;
      double cosineDecay = (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
      return base * (alpha + (1 - alpha) * cosineDecay);
    }

    @Override
    public Map<String, Object> toSettings() {
      return settings(Name.COSINE, decaySteps, ALPHA, alpha);
    }
  }

  /**
   * {@code base * iteration / steps} during the first {@code steps} minibatches, then {@code next},
   * whose iterations are counted from there (Goyal et al. 2017, section 2.2, gradual warm-up;
   * Keras' CosineDecay with warmup_steps and an initial_learning_rate of 0). The rate of the first
   * minibatch is 0, so it changes no trained weight, except with Adam and AdamW: as in DL4J, they
   * use epsilon instead of a rate of 0.
   */
  record WarmUp(int steps, LearningRateSchedule next) implements LearningRateSchedule {
    @Override
    public double rate(double base, int iteration) {
      return iteration < steps
          ? base * ((double) iteration / steps)
          : next.rate(base, iteration - steps);
    }

    @Override
    public double decayingRate(double base, int iteration) {
      return rate(base, Math.max(iteration, steps));
    }

    @Override
    public Map<String, Object> toSettings() {
      Map<String, Object> settings = next.toSettings();
      settings.put(WARMUP_STEPS, steps);
      return settings;
    }
  }

  /** The names of the schedules in settings. */
  enum Name {
    CONSTANT,
    STEP,
    EXPONENTIAL,
    COSINE
  }

  /**
   * Reads {@code network.optimizer.schedule}. Each invalid value becomes a problem of the settings.
   */
  static LearningRateSchedule read(Section schedule) {
    LearningRateSchedule decay =
        switch (schedule.choice(NAME, Name.class)) {
          case CONSTANT -> new Constant();
          case STEP -> new Step(decaySteps(schedule), decayRate(schedule));
          case EXPONENTIAL -> new Exponential(decaySteps(schedule), decayRate(schedule));
          case COSINE -> new Cosine(decaySteps(schedule), alpha(schedule));
        };
    int warmUp = schedule.integer(WARMUP_STEPS, 0);
    return warmUp == 0 ? decay : new WarmUp(warmUp, decay);
  }

  private static Map<String, Object> settings(Name name) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(NAME, name.name().toLowerCase(Locale.ROOT));
    settings.put(WARMUP_STEPS, 0);
    return settings;
  }

  private static Map<String, Object> settings(Name name, int decaySteps, String key, double value) {
    Map<String, Object> settings = settings(name);
    settings.put(DECAY_STEPS, decaySteps);
    settings.put(key, value);
    return settings;
  }

  private static int decaySteps(Section schedule) {
    return schedule.integer(DECAY_STEPS, 1);
  }

  private static double decayRate(Section schedule) {
    return schedule.number(DECAY_RATE, rate -> rate > 0 && rate <= 1, "above 0 and at most 1", 1);
  }

  private static double alpha(Section schedule) {
    return schedule.optionalNumber(
        ALPHA, alpha -> alpha >= 0 && alpha <= 1, "at least 0 and at most 1", 0);
  }
}
