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

  private final LabelCounts labels = new LabelCounts(2);

  static boolean appliesTo(OutputSpec outputs) {
    return outputs.hasTwoClasses() && !outputs.threshold().isSet();
  }

  @Override
  public void add(PredictionBlock block, int row) {
    labels.add(block, row);
  }

  @Override
  public void merge(MajorityClass other) {
    labels.merge(other.labels);
  }

  @Override
  public void report(MetricReport report) {
    long examples = labels.support(0) + labels.support(1);
    int majority = labels.support(1) > labels.support(0) ? 1 : 0;
    long correct = examples - labels.errors() / 2; // a wrong class is two wrong labels
    boolean predictsBoth = labels.predicted(0) > 0 && labels.predicted(1) > 0;
    if (predictsBoth
        && examples >= ConstantPredictions.MIN_EXAMPLES
        && labels.support(1 - majority) >= ConstantPredictions.MIN_WRONG
        && correct <= labels.support(majority)) {
      report.note(note(correct, examples, majority));
    }
  }

  private String note(long correct, long examples, int majority) {
    return String.format(
        Locale.ROOT,
        "the accuracy of %.2f %% is no better than %.2f %%, that of always predicting class %d%s",
        100.0 * correct / examples,
        100.0 * labels.support(majority) / examples,
        majority,
        ADVICE);
  }
}
