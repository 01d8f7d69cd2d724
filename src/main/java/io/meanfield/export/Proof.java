package io.meanfield.export;

/**
 * The comparison of an export with its model.
 *
 * @param inputs the origin of the examples
 * @param largestDifference as {@link OutputDifference#largest}
 */
public record Proof(String inputs, int examples, double largestDifference) {
  /** The largest difference that an export may have. */
  public static final double LIMIT = 1e-4;

  /** Returns whether the difference is within the limit; a difference that is NaN is not. */
  boolean isWithinLimit() {
    return largestDifference <= LIMIT;
  }
}
