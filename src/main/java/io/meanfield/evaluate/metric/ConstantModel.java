package io.meanfield.evaluate.metric;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds a model that always predicts the same class or labels although the examples differ in them,
 * and a model whose accuracy is no better than that of such a model: if one class is frequent, both
 * have a high accuracy. The second is noted only if no threshold was set, because a threshold may
 * give up accuracy for recall.
 *
 * <p>Counts each example once unless its weight is 0. Reports no value, only a note, and only for
 * {@value #MIN_EXAMPLES} examples or more, of which at least {@value #MIN_WRONG} are predicted
 * wrongly: a model that recognises the other classes half of the time misses 5 of their examples
 * with a probability of 1 in 32.
 */
final class ConstantModel extends Metric {
  static final int MIN_EXAMPLES = 20;
  static final int MIN_WRONG = 5;

  static final MetricType TYPE =
      MetricType.ofErrors(outputs -> outputs.taskType().hasAccuracy(), ConstantModel::new);
  private static final String ADVICE =
      "; compare pr_auc with the share of class 1, and set train.threshold or data.balance";
  private static final long serialVersionUID = 1L;

  private final boolean singleLabel;
  private final boolean hasThreshold;
  private final LabelCounts counts;
  private final LabelCounts weights;

  private ConstantModel(OutputSpec outputs) {
    super(2 + 2 * LabelCounts.sums(outputs.classes())); // first the examples, and the wrong ones
    this.singleLabel = outputs.isSingleLabel();
    this.hasThreshold = outputs.threshold().isSet();
    this.counts = new LabelCounts(sums, 2, outputs.classes());
    this.weights =
        new LabelCounts(sums, 2 + LabelCounts.sums(outputs.classes()), outputs.classes());
  }

  @Override
  void add(PredictionBlock block, int row) {
    if (block.weight(row) > 0) {
      sums[0]++;
      sums[1] += block.isCorrect(row) ? 0 : 1;
      counts.add(block, row, 1);
      weights.add(block, row, block.weight(row));
    }
  }

  @Override
  void report(MetricReport report) {
    if (sums[0] < MIN_EXAMPLES) {
      return;
    }
    if (labels().noneMatch(label -> isPartial(counts.predicted(label)))) {
      if (sums[1] >= MIN_WRONG && labels().anyMatch(label -> isPartial(counts.support(label)))) {
        report.notes().add(constant());
      }
    } else if (singleLabel && !hasThreshold) {
      addMajority(report);
    }
  }

  private IntStream labels() {
    return IntStream.range(0, counts.labels());
  }

  private boolean isPartial(double count) {
    return count > 0 && count < sums[0];
  }

  private String constant() {
    if (!singleLabel) {
      return "the model predicts the same labels for every example";
    }
    int predicted = labels().filter(cls -> counts.predicted(cls) > 0).findFirst().orElseThrow();
    return String.format(
        Locale.ROOT,
        "the model predicts class %s for every example; its accuracy is the share of that class%s",
        predicted,
        advice());
  }

  private String advice() {
    return singleLabel && counts.labels() == 2 && !hasThreshold ? ADVICE : "";
  }

  private void addMajority(MetricReport report) {
    double all = labels().mapToDouble(weights::support).sum();
    double correct = all - weights.errors() / 2; // a wrong class is two wrong labels
    int majority =
        labels()
            .boxed()
            .max(
                Comparator.comparingDouble(weights::support)
                    .thenComparing(Comparator.reverseOrder()))
            .orElseThrow();
    if (sums[0] - counts.support(majority) >= MIN_WRONG && correct <= weights.support(majority)) {
      report
          .notes()
          .add(
              String.format(
                  Locale.ROOT,
                  "the accuracy of %.2f %% is no better than %.2f %%, that of always predicting"
                      + " class %d%s",
                  100 * correct / all,
                  100 * weights.support(majority) / all,
                  majority,
                  advice()));
    }
  }
}
