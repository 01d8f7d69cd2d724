package io.meanfield.evaluate.metric;

import java.util.stream.IntStream;

/** Counts the examples of each actual and predicted class: {@code counts[actual][predicted]}. */
final class ConfusionMatrix extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(
          OutputSpec::isSingleLabel, outputs -> new ConfusionMatrix(outputs.classes()));
  private static final long serialVersionUID = 1L;

  private final int classes;

  ConfusionMatrix(int classes) {
    super(classes * classes);
    this.classes = classes;
  }

  @Override
  void add(PredictionBlock block, int row) {
    add(block.actual(row), block.predicted(row));
  }

  void add(int actual, int predicted) {
    sums[actual * classes + predicted]++;
  }

  long count(int actual, int predicted) {
    return (long) sums[actual * classes + predicted];
  }

  @Override
  void report(MetricReport report) {
    for (int cls = 0; cls < classes; cls++) {
      int actual = cls;
      report
          .confusion()
          .add(
              IntStream.range(0, classes).mapToObj(predicted -> count(actual, predicted)).toList());
    }
  }
}
