package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;
import java.util.List;

/** Fraction of wrong labels among all labels of all examples; scikit-learn's hamming_loss. */
final class HammingLoss implements Metric<HammingLoss> {
  static final MetricType TYPE =
      new MetricType(
          List.of("hamming_loss"),
          outputs -> outputs.taskType() == TaskType.MULTI_LABEL,
          outputs -> new HammingLoss(outputs.classes()));
  private static final long serialVersionUID = 1L;

  private final LabelCounts labels;
  private long examples;

  private HammingLoss(int labels) {
    this.labels = new LabelCounts(labels);
  }

  @Override
  public void add(PredictionBlock block, int row) {
    examples++;
    labels.add(block, row);
  }

  @Override
  public void merge(HammingLoss other) {
    examples += other.examples;
    labels.merge(other.labels);
  }

  @Override
  public void report(MetricReport report) {
    report.value("hamming_loss", (double) labels.errors() / examples / labels.labels());
  }
}
