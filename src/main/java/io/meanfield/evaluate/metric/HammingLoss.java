package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;

/**
 * Weighted fraction of wrong labels among all labels of all examples; scikit-learn's hamming_loss.
 */
final class HammingLoss implements Metric<HammingLoss> {
  static final MetricType TYPE =
      new MetricType(
          MetricName.errors("hamming_loss"),
          outputs -> outputs.taskType() == TaskType.MULTI_LABEL,
          outputs -> new HammingLoss(outputs.classes()));
  private static final long serialVersionUID = 1L;

  private final LabelCounts labels;
  private double weight;

  private HammingLoss(int labels) {
    this.labels = new LabelCounts(labels);
  }

  @Override
  public void add(PredictionBlock block, int row) {
    weight += block.weight(row);
    labels.add(block, row, block.weight(row));
  }

  @Override
  public void merge(HammingLoss other) {
    weight += other.weight;
    labels.merge(other.labels);
  }

  @Override
  public void report(MetricReport report) {
    report.value("hamming_loss", labels.errors() / weight / labels.labels());
  }
}
