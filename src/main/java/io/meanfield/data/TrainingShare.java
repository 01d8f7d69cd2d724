package io.meanfield.data;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The share of a data set to which an encoder is fitted: its training examples.
 *
 * @param validationFraction the fraction of the examples that is for validation if there are no
 *     folds
 * @param testFraction the fraction of the examples that is for tests
 * @param seed of the split
 * @param folds as in {@link Split}; {@value #BY_EXAMPLES} if the number of examples determines them
 */
public record TrainingShare(double validationFraction, double testFraction, long seed, int folds) {
  /** The value of {@code folds} if the number of examples determines the number of folds. */
  public static final int BY_EXAMPLES = 0;

  /** All examples of a data set. */
  public static final TrainingShare ALL = new TrainingShare(0, 0, 0);

  // By the least number of examples. A fold of a tiny table has two examples.
  private static final NavigableMap<Long, Integer> FOLDS =
      new TreeMap<>(Map.of(0L, 1, 16L, 8, 16_000L, 5, 64_000L, 1));

  /** Creates a share without folds. */
  public TrainingShare(double validationFraction, double testFraction, long seed) {
    this(validationFraction, testFraction, seed, 1);
  }

  /**
   * Returns the number of folds.
   *
   * @param examples those that are not for tests
   */
  int folds(long examples) {
    return folds == BY_EXAMPLES ? FOLDS.floorEntry(Math.max(0, examples)).getValue() : folds;
  }
}
