package io.meanfield.evaluate.metric;

/**
 * The metrics of class 1 of two classes: how its scores rank the examples, and precision, recall
 * and F1 of the predicted class.
 */
final class PositiveClass implements Metric<PositiveClass> {
  static final MetricType TYPE =
      new MetricType(
          MetricName.scores("pr_auc", "roc_auc", "lift_at_10_percent", "precision", "recall", "f1"),
          OutputSpec::hasTwoClasses,
          outputs -> new PositiveClass());
  private static final long serialVersionUID = 1L;
  private static final int POSITIVE = 1;

  private final LabelCounts labels = new LabelCounts(2);

  @Override
  public void add(PredictionBlock block, int row) {
    labels.add(block, row, block.weight(row));
  }

  @Override
  public void merge(PositiveClass other) {
    labels.merge(other.labels);
  }

  @Override
  public void report(MetricReport report) {
    Ranking ranking = report.ranking(POSITIVE);
    report.value("pr_auc", ranking.averagePrecision());
    report.value("roc_auc", ranking.rocAuc());
    report.value("lift_at_10_percent", ranking.lift());
    report.value("precision", labels.precision(POSITIVE));
    report.value("recall", labels.recall(POSITIVE));
    report.value("f1", labels.f1(POSITIVE));
  }
}
