package io.meanfield.evaluate.metric;

/**
 * The mean squared error of class probabilities: of the probability of class 1 for two classes, and
 * summed over the classes for more (Brier 1950), as scikit-learn's {@code brier_score_loss} does.
 */
final class BrierScore implements Metric<BrierScore> {
  static final MetricType TYPE =
      new MetricType(
          MetricName.errors("brier_score"),
          OutputSpec::hasClassProbabilities,
          outputs -> new BrierScore());
  private static final long serialVersionUID = 1L;

  private double weight;
  private double sum;

  @Override
  public void add(PredictionBlock block, int row) {
    weight += block.weight(row);
    int first = block.spec().hasTwoClasses() ? 1 : 0;
    for (int cls = first; cls < block.spec().classes(); cls++) {
      double error = (double) block.score(row, cls) - (block.isActual(row, cls) ? 1 : 0);
      sum += block.weight(row) * (error * error);
    }
  }

  @Override
  public void merge(BrierScore other) {
    weight += other.weight;
    sum += other.sum;
  }

  @Override
  public void report(MetricReport report) {
    report.value("brier_score", sum / weight);
  }
}
