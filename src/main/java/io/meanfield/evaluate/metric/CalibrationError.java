package io.meanfield.evaluate.metric;

import java.util.Arrays;

/**
 * Expected calibration error with 15 bins of equal width: Guo et al. 2017, "On Calibration of
 * Modern Neural Networks", equation 3.
 */
final class CalibrationError extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(
          OutputSpec::hasClassProbabilities,
          outputs -> new CalibrationError(),
          "expected_calibration_error");
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  CalibrationError() {
    super(BINS + 1); // the sums of weight times (correct - confidence), and of all weights
  }

  @Override
  void add(PredictionBlock block, int row) {
    add(block.score(row, block.predicted(row)), block.isCorrect(row), block.weight(row));
  }

  void add(double probability, boolean isCorrect, double weight) {
    int bin = Math.min((int) (probability * BINS), BINS - 1);
    sums[bin] += (isCorrect ? weight : 0) - weight * probability;
    sums[BINS] += weight;
  }

  @Override
  void report(MetricReport report) {
    report.value("expected_calibration_error", value());
  }

  /** Returns the mean distance between confidence and accuracy, from 0 to 1. */
  double value() {
    return Arrays.stream(sums, 0, BINS).map(Math::abs).sum() / sums[BINS];
  }
}
