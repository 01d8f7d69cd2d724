package io.meanfield.train;

import java.time.Duration;

/**
 * Where training time goes on the way that decides its length.
 *
 * @param computing the longest task of every round
 * @param synchronising the rest of every round
 * @param validating between epochs
 */
public record TimeBreakdown(Duration computing, Duration synchronising, Duration validating) {
  public static final TimeBreakdown NONE =
      new TimeBreakdown(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  static TimeBreakdown validating(Duration time) {
    return new TimeBreakdown(Duration.ZERO, Duration.ZERO, time);
  }

  public TimeBreakdown plus(TimeBreakdown more) {
    return new TimeBreakdown(
        computing.plus(more.computing),
        synchronising.plus(more.synchronising),
        validating.plus(more.validating));
  }
}
