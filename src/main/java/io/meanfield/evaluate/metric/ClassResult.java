package io.meanfield.evaluate.metric;

/**
 * The metrics of one class or label against the rest, of weighted examples.
 *
 * @param support number of examples that have the class
 * @param weight sum of the weights of the examples that have the class
 * @param predicted sum of the weights of the examples for which the class is predicted
 * @param ranking how well the scores of the class rank the examples
 */
public record ClassResult(
    int cls,
    long support,
    double weight,
    double predicted,
    double precision,
    double recall,
    double f1,
    Ranking ranking) {
  /**
   * Returns whether any example with a weight has the class or is predicted to have it; otherwise
   * precision and recall are undefined (0 / 0).
   */
  boolean occurs() {
    return weight > 0 || predicted > 0;
  }
}
