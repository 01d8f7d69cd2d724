package io.meanfield.storm;

import java.time.Duration;
import java.util.Locale;

/**
 * One scenario and how it ended.
 *
 * @param effects what the disturbances met
 * @param outcome {@link #RIGHT}, or the broken promise
 */
record StormRow(Scenario scenario, Effects effects, String outcome, Duration took) {
  static final String RIGHT = "right";

  boolean isRight() {
    return outcome.equals(RIGHT);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "seed %d: %s, %d hit, %d missed [%s] %s, %.1f s",
        scenario.seed(),
        scenario,
        effects.hits(),
        effects.misses(),
        effects.notes(),
        outcome.replaceAll("\\s+", " "),
        took.toMillis() / 1_000.0);
  }
}
