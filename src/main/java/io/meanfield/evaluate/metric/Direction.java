package io.meanfield.evaluate.metric;

/** Which of two values of a metric is better. */
public enum Direction {
  LARGER_IS_BETTER,
  SMALLER_IS_BETTER
}
