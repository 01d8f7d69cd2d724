package io.meanfield.evaluate.metric;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds a model that predicts the same class, or the same labels, for every example, although the
 * examples differ in their classes or labels: if one class is frequent, such a model has a high
 * accuracy.
 *
 * <p>Counts each example once unless its weight is 0. Reports no value, only a note, and only for
 * {@value #MIN_EXAMPLES} examples or more, of which at least {@value #MIN_WRONG} are predicted
 * wrongly: a model that recognises the other classes half of the time misses 5 of their examples
 * with a probability of 1 in 32.
 */
final class ConstantPredictions implements Metric<ConstantPredictions> {
  static final int MIN_EXAMPLES = 20;
  static final int MIN_WRONG = 5;
  static final MetricType TYPE =
      new MetricType(
          List.of(), outputs -> outputs.taskType().hasAccuracy(), ConstantPredictions::new);
  private static final long serialVersionUID = 1L;

  private final boolean singleLabel;
  private final String advice;
  private final LabelCounts labels;
  private long examples;
  private long wrong;

  private ConstantPredictions(OutputSpec outputs) {
    this.singleLabel = outputs.isSingleLabel();
    this.advice = MajorityClass.advice(outputs);
    this.labels = new LabelCounts(outputs.classes());
  }

  @Override
  public void add(PredictionBlock block, int row) {
    if (block.weight(row) > 0) {
      examples++;
      wrong += block.isCorrect(row) ? 0 : 1;
      labels.add(block, row, 1);
    }
  }

  @Override
  public void merge(ConstantPredictions other) {
    examples += other.examples;
    wrong += other.wrong;
    labels.merge(other.labels);
  }

  @Override
  public void report(MetricReport report) {
    if (examples >= MIN_EXAMPLES && wrong >= MIN_WRONG && actualDiffers() && isConstant()) {
      report.note(
          singleLabel ? classNote() : "the model predicts the same labels for every example");
    }
  }

  private boolean actualDiffers() {
    return labels().anyMatch(label -> isPartial(labels.support(label)));
  }

  private boolean isConstant() {
    return labels().noneMatch(label -> isPartial(labels.predicted(label)));
  }

  private boolean isPartial(double count) {
    return count > 0 && count < examples;
  }

  private String classNote() {
    int predicted = labels().filter(cls -> labels.predicted(cls) > 0).findFirst().orElseThrow();
    return "the model predicts class "
        + predicted
        + " for every example; its accuracy is the share of that class"
        + advice;
  }

  private IntStream labels() {
    return IntStream.range(0, labels.labels());
  }
}
