package io.meanfield.export;

/** Measures how far the outputs of an export are from those of its model. */
final class OutputDifference {
  private OutputDifference() {}

  /**
   * Returns the largest difference of two outputs; NaN if one is not a number. That of
   * probabilities is absolute. That of other outputs is relative to the largest absolute value that
   * the model outputs at the same position, so that an output near 0 does not count as an error.
   *
   * @param expected the outputs of the model, [examples, width]
   * @param found the outputs of the export, [examples, width]
   */
  static double largest(float[] expected, float[] found, int width, boolean probabilities) {
    double largest = 0;
    for (int output = 0; output < width; output++) {
      double scale = probabilities ? 1 : largestValue(expected, output, width);
      double difference = largestDifference(expected, found, output, width);
      largest = Math.max(largest, difference == 0 ? 0 : difference / scale);
    }
    return largest;
  }

  private static double largestValue(float[] values, int output, int width) {
    double largest = 0;
    for (int i = output; i < values.length; i += width) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  // Math.max returns NaN if one of its arguments is NaN.
  private static double largestDifference(float[] expected, float[] found, int output, int width) {
    double largest = 0;
    for (int i = output; i < expected.length; i += width) {
      largest = Math.max(largest, Math.abs((double) expected[i] - found[i]));
    }
    return largest;
  }
}
