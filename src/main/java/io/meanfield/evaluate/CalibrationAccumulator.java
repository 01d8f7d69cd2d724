package io.meanfield.evaluate;

import java.io.Serializable;

/**
 * Expected calibration error with 15 bins of equal width: Guo et al. 2017, "On Calibration of
 * Modern Neural Networks", equation 3.
 */
final class CalibrationAccumulator implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final long[] examples = new long[BINS];
  private final long[] correct = new long[BINS];
  private final double[] confidence = new double[BINS];

  void add(double probability, boolean right) {
    int bin = Math.min((int) (probability * BINS), BINS - 1);
    examples[bin]++;
    correct[bin] += right ? 1 : 0;
    confidence[bin] += probability;
  }

  void add(CalibrationAccumulator other) {
    for (int bin = 0; bin < BINS; bin++) {
      examples[bin] += other.examples[bin];
      correct[bin] += other.correct[bin];
      confidence[bin] += other.confidence[bin];
    }
  }

  /** Mean distance between confidence and accuracy, 0 to 1. */
  double error() {
    double distance = 0;
    long all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(correct[bin] - confidence[bin]);
      all += examples[bin];
    }
    return distance / all;
  }
}
