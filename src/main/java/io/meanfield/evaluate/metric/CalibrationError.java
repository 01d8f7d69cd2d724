package io.meanfield.evaluate.metric;

import java.util.List;

/**
 * Expected calibration error with 15 bins of equal width: Guo et al. 2017, "On Calibration of
 * Modern Neural Networks", equation 3.
 */
final class CalibrationError implements Metric<CalibrationError> {
  static final MetricType TYPE =
      new MetricType(
          List.of("expected_calibration_error"),
          OutputSpec::hasClassProbabilities,
          outputs -> new CalibrationError());
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final long[] examples = new long[BINS];
  private final long[] correct = new long[BINS];
  private final double[] confidence = new double[BINS];

  @Override
  public void add(PredictionBlock block, int row) {
    add(block.score(row, block.predicted(row)), block.isCorrect(row));
  }

  void add(double probability, boolean isCorrect) {
    int bin = Math.min((int) (probability * BINS), BINS - 1);
    examples[bin]++;
    correct[bin] += isCorrect ? 1 : 0;
    confidence[bin] += probability;
  }

  @Override
  public void merge(CalibrationError other) {
    for (int bin = 0; bin < BINS; bin++) {
      examples[bin] += other.examples[bin];
      correct[bin] += other.correct[bin];
      confidence[bin] += other.confidence[bin];
    }
  }

  @Override
  public void report(MetricReport report) {
    report.value("expected_calibration_error", value());
  }

  /** Returns the mean distance between confidence and accuracy, from 0 to 1. */
  double value() {
    double distance = 0;
    long all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(correct[bin] - confidence[bin]);
      all += examples[bin];
    }
    return distance / all;
  }
}
