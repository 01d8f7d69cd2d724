package io.meanfield.evaluate.metric;

/**
 * The mean squared error of class probabilities: of the probability of class 1 for two classes, and
 * summed over the classes for more (Brier 1950), as scikit-learn's {@code brier_score_loss} does.
 */
final class BrierScore extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(
          OutputSpec::hasClassProbabilities, outputs -> new BrierScore(), "brier_score");
  private static final long serialVersionUID = 1L;

  private BrierScore() {
    super(2);
  }

  @Override
  void add(PredictionBlock block, int row) {
    int first = block.spec().hasTwoClasses() ? 1 : 0;
    for (int cls = first; cls < block.spec().classes(); cls++) {
      double error = (double) block.score(row, cls) - (block.isActual(row, cls) ? 1 : 0);
      sums[0] += block.weight(row) * (error * error);
    }
    sums[1] += block.weight(row);
  }

  @Override
  void report(MetricReport report) {
    report.value("brier_score", sums[0] / sums[1]);
  }
}
