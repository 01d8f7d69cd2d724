package io.meanfield.evaluate.metric;

/**
 * The metrics of class 1 of two classes: how its scores rank the examples, and precision, recall
 * and F1 of the predicted class.
 */
final class PositiveClass extends Metric {
  static final MetricType TYPE =
      MetricType.ofScores(
          OutputSpec::hasTwoClasses,
          outputs -> new PositiveClass(),
          "pr_auc",
          "roc_auc",
          "lift_at_10_percent",
          "precision",
          "recall",
          "f1");
  private static final long serialVersionUID = 1L;
  private static final int POSITIVE = 1;

  private final LabelCounts labels;

  private PositiveClass() {
    super(LabelCounts.sums(2));
    this.labels = new LabelCounts(sums, 0, 2);
  }

  @Override
  void add(PredictionBlock block, int row) {
    labels.add(block, row, block.weight(row));
  }

  @Override
  void report(MetricReport report) {
    Ranking ranking = report.rankings().get(POSITIVE);
    report.value("pr_auc", ranking.averagePrecision());
    report.value("roc_auc", ranking.rocAuc());
    report.value("lift_at_10_percent", ranking.lift());
    report.value("precision", labels.precision(POSITIVE));
    report.value("recall", labels.recall(POSITIVE));
    report.value("f1", labels.f1(POSITIVE));
  }
}
