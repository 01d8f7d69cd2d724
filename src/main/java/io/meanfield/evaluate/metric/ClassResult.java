package io.meanfield.evaluate.metric;

import java.util.Optional;

/**
 * The metrics of one class or label against the rest, of weighted examples.
 *
 * @param support number of examples that have the class
 * @param weight sum of the weights of the examples that have the class
 * @param predicted sum of the weights of the examples for which the class is predicted
 * @param rocAuc empty if no example or every example has the class
 */
public record ClassResult(
    int cls,
    long support,
    double weight,
    double predicted,
    double precision,
    double recall,
    double f1,
    Optional<Double> rocAuc) {
  /**
   * Returns whether any example with a weight has the class or is predicted to have it; otherwise
   * precision and recall are undefined (0 / 0).
   */
  boolean occurs() {
    return weight > 0 || predicted > 0;
  }
}
