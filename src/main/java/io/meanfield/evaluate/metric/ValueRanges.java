package io.meanfield.evaluate.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The smallest and the largest value in each column of a matrix. */
final class ValueRanges implements Serializable {
  private static final long serialVersionUID = 1L;
  // Outputs for equal inputs may differ by rounding, because an engine may sum the rows of a
  // minibatch in different orders.
  private static final int ROUNDING_ERRORS = 4;

  private final float[] smallest;
  private final float[] largest;

  ValueRanges(int columns) {
    this.smallest = new float[columns];
    this.largest = new float[columns];
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
  }

  void add(float[] matrix, int row) {
    for (int i = 0; i < smallest.length; i++) {
      widen(i, matrix[row * smallest.length + i]);
    }
  }

  private void widen(int column, float value) {
    smallest[column] = Math.min(smallest[column], value);
    largest[column] = Math.max(largest[column], value);
  }

  void merge(ValueRanges other) {
    for (int i = 0; i < smallest.length; i++) {
      smallest[i] = Math.min(smallest[i], other.smallest[i]);
      largest[i] = Math.max(largest[i], other.largest[i]);
    }
  }

  /** Returns whether the values of each column are equal up to rounding; only if there are rows. */
  boolean areConstant() {
    return IntStream.range(0, smallest.length).allMatch(this::isConstant);
  }

  private boolean isConstant(int column) {
    float size = Math.max(Math.abs(smallest[column]), Math.abs(largest[column]));
    return largest[column] - smallest[column] <= ROUNDING_ERRORS * Math.ulp(size);
  }
}
