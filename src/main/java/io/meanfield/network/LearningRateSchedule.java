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
 * <p>The rate is {@code base * iteration / warmupSteps} during the first {@code warmupSteps}
 * minibatches; the schedule's iterations are counted from there (Goyal et al. 2017, section 2.2,
 * gradual warm-up; Keras' CosineDecay with warmup_steps and an initial_learning_rate of 0). The
 * rate of the first minibatch of a warm-up is 0, so it changes no trained weight, except with Adam
 * and AdamW: as in DL4J, they use epsilon instead of a rate of 0.
 *
 * @param decaySteps the length of the schedule; 0 for a constant rate, and before the data
 *     determine the length of the training
 * @param alpha the fraction of the rate at which the schedule ends and stays
 */
public record LearningRateSchedule(Name name, int decaySteps, double alpha, int warmupSteps)
    implements Serializable {
  /** The optimizer's rate in every step. */
  public static final LearningRateSchedule CONSTANT =
      new LearningRateSchedule(Name.CONSTANT, 0, 0, 0);

  private static final String NAME = "name";
  private static final String DECAY_STEPS = "decay-steps";
  private static final String ALPHA = "alpha";
  private static final String WARMUP_STEPS = "warmup-steps";

  /** The names of the schedules in settings. */
  public enum Name {
    CONSTANT,
    COSINE,
    COSLOG4
  }

  /**
   * Returns {@code base * (alpha + (1 - alpha) * (1 + cos(pi * t)) / 2)} with {@code t = min(1,
   * iteration / decaySteps)}: Keras' CosineDecay; Loshchilov and Hutter 2017, equation 5, with one
   * period.
   */
  public static LearningRateSchedule cosine(int decaySteps, double alpha) {
    return new LearningRateSchedule(Name.COSINE, decaySteps, alpha, 0);
  }

  /**
   * Returns {@code base * (1 - cos(2 pi * log2(1 + 15 t))) / 2} with {@code t = min(1, iteration /
   * decaySteps)}: four periods of growing length, which begin and end at 0. Holzmüller et al. 2024,
   * "Better by Default", section 3.
   */
  public static LearningRateSchedule coslog4(int decaySteps) {
    return new LearningRateSchedule(Name.COSLOG4, decaySteps, 0, 0);
  }

  /** Returns whether the schedule has a length, or needs none. */
  public boolean isLengthKnown() {
    return name == Name.CONSTANT || decaySteps > 0;
  }

  /** Returns this schedule after a warm-up. */
  public LearningRateSchedule after(int steps) {
    return new LearningRateSchedule(name, decaySteps, alpha, steps);
  }

  /**
   * Returns the rate of the step that follows {@code iteration} minibatches.
   *
   * @param base the optimizer's learning rate, which is the maximum of every schedule
   * @param iteration from 0
   */
  double rate(double base, int iteration) {
    if (iteration < warmupSteps) {
      return base * ((double) iteration / warmupSteps);
    }
    return base * (decaySteps == 0 ? 1 : alpha + (1 - alpha) * factor(iteration - warmupSteps));
  }

  // StrictMath, so that executors with different processors compute the same bits.
  private double factor(int iteration) {
    double progress = (double) Math.min(iteration, decaySteps) / decaySteps;
    return switch (name) {
      case CONSTANT -> 1;
      case COSINE -> (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
      case COSLOG4 -> {
        double periods = StrictMath.log(1 + 15 * progress) / StrictMath.log(2);
        yield (1 - StrictMath.cos(2 * StrictMath.PI * periods)) / 2;
      }
    };
  }

  /** Returns the settings from which {@link #read} restores the schedule. */
  Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(NAME, name.name().toLowerCase(Locale.ROOT));
    settings.put(WARMUP_STEPS, warmupSteps);
    if (name != Name.CONSTANT) {
      settings.put(DECAY_STEPS, decaySteps);
      settings.put(ALPHA, alpha);
    }
    return settings;
  }

  /**
   * Reads {@code network.optimizer.schedule}. Each invalid value becomes a problem of the settings.
   */
  static LearningRateSchedule read(Section schedule) {
    Name name = schedule.choice(NAME, Name.class);
    int warmup = schedule.integer(WARMUP_STEPS, 0);
    if (name == Name.CONSTANT) {
      return CONSTANT.after(warmup);
    }
    return new LearningRateSchedule(
        name,
        schedule.isSet(DECAY_STEPS) ? schedule.integerOr("auto", DECAY_STEPS, 1).orElse(0) : 0,
        schedule.optionalNumber(
            ALPHA, alpha -> alpha >= 0 && alpha <= 1, "at least 0 and at most 1", 0),
        warmup);
  }
}
