package io.meanfield.evaluate.metric;

import java.util.Optional;

/**
 * One class or label against the rest.
 *
 * @param support examples that have it
 * @param predicted examples for which it is predicted
 * @param rocAuc empty if no example has it, or all have
 */
public record ClassResult(
    int cls,
    long support,
    long predicted,
    double precision,
    double recall,
    double f1,
    Optional<Double> rocAuc) {
  /** Whether an example has it or it is predicted for one; else precision and recall are 0 / 0. */
  boolean occurs() {
    return support > 0 || predicted > 0;
  }
}
