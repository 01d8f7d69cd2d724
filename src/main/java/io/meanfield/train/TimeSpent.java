package io.meanfield.train;

import java.time.Duration;

/**
 * Where training time goes on the way that decides its length.
 *
 * @param computing the longest task of every round
 * @param synchronising the rest of every round
 * @param validating between epochs
 */
public record TimeSpent(Duration computing, Duration synchronising, Duration validating) {
  public static final TimeSpent NONE = new TimeSpent(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  static TimeSpent validating(Duration time) {
    return new TimeSpent(Duration.ZERO, Duration.ZERO, time);
  }

  public TimeSpent plus(TimeSpent more) {
    return new TimeSpent(
        computing.plus(more.computing),
        synchronising.plus(more.synchronising),
        validating.plus(more.validating));
  }
}
