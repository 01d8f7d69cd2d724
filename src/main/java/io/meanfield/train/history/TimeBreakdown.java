package io.meanfield.train.history;

import java.time.Duration;

/**
 * The elapsed time of training, divided into its parts.
 *
 * @param computing time of the longest task of every round
 * @param synchronising the remaining time of every round
 * @param validating time of validation after the epochs
 */
public record TimeBreakdown(Duration computing, Duration synchronising, Duration validating) {
  public static final TimeBreakdown NONE =
      new TimeBreakdown(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Returns time that was spent on the validation examples. */
  public static TimeBreakdown validating(Duration time) {
    return new TimeBreakdown(Duration.ZERO, Duration.ZERO, time);
  }

  public TimeBreakdown plus(TimeBreakdown more) {
    return new TimeBreakdown(
        computing.plus(more.computing),
        synchronising.plus(more.synchronising),
        validating.plus(more.validating));
  }
}
