package io.meanfield.evaluate.metric;

import static java.util.Comparator.reverseOrder;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds a model whose accuracy is no better than that of always predicting the most frequent class,
 * although it predicts several classes.
 *
 * <p>Reports no value, only a note, and only if no threshold was set, because a threshold may give
 * up accuracy for recall. {@link ConstantPredictions} notes a model that predicts one class only.
 */
final class MajorityClass implements Metric<MajorityClass> {
  static final MetricType TYPE =
      new MetricType(List.of(), MajorityClass::appliesTo, outputs -> new MajorityClass(outputs));
  private static final String ADVICE =
      "; compare pr_auc with the share of class 1, and set train.threshold or data.balance";
  private static final long serialVersionUID = 1L;

  private final String advice;
  private final LabelCounts examples;
  private final LabelCounts weights;

  private MajorityClass(OutputSpec outputs) {
    this.advice = advice(outputs);
    this.examples = new LabelCounts(outputs.classes());
    this.weights = new LabelCounts(outputs.classes());
  }

  private static boolean appliesTo(OutputSpec outputs) {
    return outputs.isSingleLabel() && !outputs.threshold().isSet();
  }

  /** Returns the end of a note on a model that mostly or only predicts one class. */
  static String advice(OutputSpec outputs) {
    return outputs.hasTwoClasses() && appliesTo(outputs) ? ADVICE : "";
  }

  @Override
  public void add(PredictionBlock block, int row) {
    if (block.weight(row) > 0) {
      examples.add(block, row, 1);
      weights.add(block, row, block.weight(row));
    }
  }

  @Override
  public void merge(MajorityClass other) {
    examples.merge(other.examples);
    weights.merge(other.weights);
  }

  @Override
  public void report(MetricReport report) {
    double all = classes().mapToDouble(weights::support).sum();
    double correct = all - weights.errors() / 2; // a wrong class is two wrong labels
    int majority =
        classes()
            .boxed()
            .max(Comparator.comparingDouble(weights::support).thenComparing(reverseOrder()))
            .orElseThrow();
    if (isJudged(majority) && correct <= weights.support(majority)) {
      report.note(note(correct / all, weights.support(majority) / all, majority));
    }
  }

  private IntStream classes() {
    return IntStream.range(0, weights.labels());
  }

  private boolean isJudged(int majority) {
    double all = classes().mapToDouble(examples::support).sum();
    return classes().filter(cls -> examples.predicted(cls) > 0).count() > 1
        && all >= ConstantPredictions.MIN_EXAMPLES
        && all - examples.support(majority) >= ConstantPredictions.MIN_WRONG;
  }

  private String note(double accuracy, double share, int majority) {
    return String.format(
        Locale.ROOT,
        "the accuracy of %.2f %% is no better than %.2f %%, that of always predicting class %d%s",
        100 * accuracy,
        100 * share,
        majority,
        advice);
  }
}
