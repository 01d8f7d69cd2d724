package io.meanfield.train.averaging;

/**
 * The Euclidean distance of two vectors. Squares are summed in slices of the size that the
 * executors average, so that the distance has the same bits wherever it is computed.
 */
final class Distance {
  /** The size of a slice of a state. */
  static final int SLICE_SIZE = 1 << 20;

  private Distance() {}

  /** Returns the distance of vectors of equal length. */
  static double between(float[] one, float[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "expected vectors of equal length, found %s and %s".formatted(one.length, other.length));
    }
    if (one == other) {
      return 0; // the average of one state is that state
    }
    double squares = 0;
    for (int first = 0; first < one.length; first += SLICE_SIZE) {
      int end = Math.min(one.length - first, SLICE_SIZE) + first;
      squares += squares(one, other, first, end);
    }
    return Math.sqrt(squares);
  }

  /** Returns the sum of the squared differences in a range, at most a slice. */
  static double squares(float[] one, float[] other, int first, int end) {
    // With four sums the additions do not wait for each other.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = first;
    for (; i + 3 < end; i += 4) {
      a += square(one[i] - other[i]);
      b += square(one[i + 1] - other[i + 1]);
      c += square(one[i + 2] - other[i + 2]);
      d += square(one[i + 3] - other[i + 3]);
    }
    for (; i < end; i++) {
      a += square(one[i] - other[i]);
    }
    return a + b + c + d;
  }

  private static double square(double difference) {
    return difference * difference;
  }
}
