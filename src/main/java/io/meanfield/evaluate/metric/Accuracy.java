package io.meanfield.evaluate.metric;

/**
 * Weighted fraction of the examples that are predicted correctly; in multi-label tasks, correctly
 * in every label.
 */
final class Accuracy implements Metric<Accuracy> {
  static final MetricType TYPE =
      new MetricType(
          MetricName.scores("accuracy"),
          outputs -> outputs.taskType().hasAccuracy(),
          outputs -> new Accuracy());
  private static final long serialVersionUID = 1L;

  private double weight;
  private double correct;

  @Override
  public void add(PredictionBlock block, int row) {
    weight += block.weight(row);
    correct += block.isCorrect(row) ? block.weight(row) : 0;
  }

  @Override
  public void merge(Accuracy other) {
    weight += other.weight;
    correct += other.correct;
  }

  @Override
  public void report(MetricReport report) {
    report.value("accuracy", correct / weight);
  }
}
