package io.meanfield.evaluate.metric;

import java.util.Arrays;
import java.util.List;

/** Counts the examples of each actual and predicted class: {@code counts[actual][predicted]}. */
final class ConfusionMatrix implements Metric<ConfusionMatrix> {
  static final MetricType TYPE =
      new MetricType(
          List.of(), OutputSpec::isSingleLabel, outputs -> new ConfusionMatrix(outputs.classes()));
  private static final long serialVersionUID = 1L;

  private final long[][] counts;

  ConfusionMatrix(int classes) {
    this.counts = new long[classes][classes];
  }

  @Override
  public void add(PredictionBlock block, int row) {
    add(block.actual(row), block.predicted(row));
  }

  void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  @Override
  public void merge(ConfusionMatrix other) {
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
  }

  long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  @Override
  public void report(MetricReport report) {
    for (long[] row : counts) {
      report.addConfusion(Arrays.stream(row).boxed().toList());
    }
  }
}
