package io.meanfield.evaluate.metric;

import java.util.List;
import java.util.Locale;

/**
 * Finds a model for two classes whose accuracy is no better than that of always predicting the more
 * frequent class, although it predicts both.
 *
 * <p>Reports no value, only a note, and only if no threshold was set, because a threshold may give
 * up accuracy for recall. {@link ConstantPredictions} notes a model that predicts one class only.
 */
final class MajorityClass implements Metric<MajorityClass> {
  static final MetricType TYPE =
      new MetricType(List.of(), MajorityClass::appliesTo, outputs -> new MajorityClass());
  static final String ADVICE =
      "; compare pr_auc with the share of class 1, and set train.threshold or data.balance";
  private static final long serialVersionUID = 1L;

  private final LabelCounts examples = new LabelCounts(2);
  private final LabelCounts weights = new LabelCounts(2);

  static boolean appliesTo(OutputSpec outputs) {
    return outputs.hasTwoClasses() && !outputs.threshold().isSet();
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
    double all = weights.support(0) + weights.support(1);
    int majority = weights.support(1) > weights.support(0) ? 1 : 0;
    double correct = all - weights.errors() / 2; // a wrong class is two wrong labels
    if (isJudged(1 - majority) && correct <= weights.support(majority)) {
      report.note(note(correct / all, weights.support(majority) / all, majority));
    }
  }

  private boolean isJudged(int minority) {
    return examples.predicted(0) > 0
        && examples.predicted(1) > 0
        && examples.support(0) + examples.support(1) >= ConstantPredictions.MIN_EXAMPLES
        && examples.support(minority) >= ConstantPredictions.MIN_WRONG;
  }

  private static String note(double accuracy, double share, int majority) {
    return String.format(
        Locale.ROOT,
        "the accuracy of %.2f %% is no better than %.2f %%, that of always predicting class %d%s",
        100 * accuracy,
        100 * share,
        majority,
        ADVICE);
  }
}
