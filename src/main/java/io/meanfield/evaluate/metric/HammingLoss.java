package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;

/**
 * Weighted fraction of wrong labels among all labels of all examples; scikit-learn's hamming_loss.
 */
final class HammingLoss extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(
          outputs -> outputs.taskType() == TaskType.MULTI_LABEL,
          outputs -> new HammingLoss(outputs.classes()),
          "hamming_loss");
  private static final long serialVersionUID = 1L;

  private final LabelCounts labels;

  private HammingLoss(int labels) {
    super(1 + LabelCounts.sums(labels));
    this.labels = new LabelCounts(sums, 1, labels);
  }

  @Override
  void add(PredictionBlock block, int row) {
    sums[0] += block.weight(row);
    labels.add(block, row, block.weight(row));
  }

  @Override
  void report(MetricReport report) {
    report.value("hamming_loss", labels.errors() / sums[0] / labels.labels());
  }
}
