package io.meanfield.evaluate.metric;

/**
 * Expected calibration error with 15 bins of equal width: Guo et al. 2017, "On Calibration of
 * Modern Neural Networks", equation 3.
 */
final class CalibrationError implements Metric<CalibrationError> {
  static final MetricType TYPE =
      new MetricType(
          MetricName.errors("expected_calibration_error"),
          OutputSpec::hasClassProbabilities,
          outputs -> new CalibrationError());
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final double[] weight = new double[BINS];
  private final double[] correct = new double[BINS];
  private final double[] confidence = new double[BINS];

  @Override
  public void add(PredictionBlock block, int row) {
    add(block.score(row, block.predicted(row)), block.isCorrect(row), block.weight(row));
  }

  void add(double probability, boolean isCorrect, double weightOfExample) {
    int bin = Math.min((int) (probability * BINS), BINS - 1);
    weight[bin] += weightOfExample;
    correct[bin] += isCorrect ? weightOfExample : 0;
    confidence[bin] += weightOfExample * probability;
  }

  @Override
  public void merge(CalibrationError other) {
    for (int bin = 0; bin < BINS; bin++) {
      weight[bin] += other.weight[bin];
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
    double all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(correct[bin] - confidence[bin]);
      all += weight[bin];
    }
    return distance / all;
  }
}
