package io.meanfield.evaluate.metric;

/**
 * Weighted fraction of the examples that are predicted correctly; in multi-label tasks, correctly
 * in every label.
 */
final class Accuracy extends Metric {
  static final MetricType TYPE =
      MetricType.ofScores(
          outputs -> outputs.taskType().hasAccuracy(), outputs -> new Accuracy(), "accuracy");
  private static final long serialVersionUID = 1L;

  private Accuracy() {
    super(2);
  }

  @Override
  void add(PredictionBlock block, int row) {
    sums[0] += block.isCorrect(row) ? block.weight(row) : 0;
    sums[1] += block.weight(row);
  }

  @Override
  void report(MetricReport report) {
    report.value("accuracy", sums[0] / sums[1]);
  }
}
