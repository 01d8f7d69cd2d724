package io.meanfield.data;

/**
 * The share of a data set to which an encoder is fitted: its training examples.
 *
 * @param validationFraction the fraction of the examples that is for validation
 * @param testFraction the fraction of the examples that is for tests
 * @param seed of the split
 */
public record TrainingShare(double validationFraction, double testFraction, long seed) {
  /** All examples of a data set. */
  public static final TrainingShare ALL = new TrainingShare(0, 0, 0);
}
