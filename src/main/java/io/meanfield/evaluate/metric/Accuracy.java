package io.meanfield.evaluate.metric;

import java.util.List;

/**
 * Fraction of the examples that are predicted correctly; in multi-label tasks, correctly in every
 * label.
 */
final class Accuracy implements Metric<Accuracy> {
  static final MetricType TYPE =
      new MetricType(
          List.of("accuracy"),
          outputs -> outputs.taskType().hasAccuracy(),
          outputs -> new Accuracy());
  private static final long serialVersionUID = 1L;

  private long examples;
  private long correct;

  @Override
  public void add(PredictionBlock block, int row) {
    examples++;
    correct += block.isCorrect(row) ? 1 : 0;
  }

  @Override
  public void merge(Accuracy other) {
    examples += other.examples;
    correct += other.correct;
  }

  @Override
  public void report(MetricReport report) {
    report.value("accuracy", (double) correct / examples);
  }
}
