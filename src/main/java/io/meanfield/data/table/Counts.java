package io.meanfield.data.table;

/**
 * Counts of numbers, none of which is NaN or -0. Arrays of primitive types, because a map of boxed
 * numbers takes ten times as long.
 */
sealed interface Counts permits DistinctCounts, BucketCounts {
  /** Receives a number and its count. */
  @FunctionalInterface
  interface Visitor {
    void visit(double value, long count);
  }

  /**
   * Counts a number.
   *
   * @param times at least 1
   */
  void add(double value, long times);

  /** Returns how often a number was counted. */
  long count(double value);

  /** Visits the numbers with their counts, in any order. */
  void forEach(Visitor visitor);
}
