package io.meanfield.evaluate.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall, F1, ROC AUC and average precision of each class or label against the rest, of
 * weighted examples, and their means over the classes, which count the same (scikit-learn's {@code
 * average="macro"}).
 */
final class ClassMetrics extends Metric {
  static final MetricType TYPE =
      MetricType.ofScores(
          outputs -> outputs.classes() > 0,
          outputs -> new ClassMetrics(outputs.classes()),
          "macro_precision",
          "macro_recall",
          "macro_f1",
          "roc_auc_macro",
          "pr_auc_macro");
  private static final long serialVersionUID = 1L;

  private final LabelCounts labels;
  private final LabelCounts examples;

  private ClassMetrics(int classes) {
    super(2 * LabelCounts.sums(classes));
    this.labels = new LabelCounts(sums, 0, classes);
    this.examples = new LabelCounts(sums, LabelCounts.sums(classes), classes);
  }

  @Override
  void add(PredictionBlock block, int row) {
    labels.add(block, row, block.weight(row));
    examples.add(block, row, 1);
  }

  @Override
  void report(MetricReport report) {
    List<ClassResult> classes = new ArrayList<>();
    for (int cls = 0; cls < labels.labels(); cls++) {
      classes.add(result(cls, report.rankings().get(cls)));
    }
    report.classes().addAll(classes);
    report.value("macro_precision", macro(classes, ClassResult::precision));
    report.value("macro_recall", macro(classes, ClassResult::recall));
    report.value("macro_f1", macro(classes, ClassResult::f1));
    report.value("roc_auc_macro", ranking(classes, Ranking::rocAuc));
    report.value("pr_auc_macro", ranking(classes, Ranking::averagePrecision));
  }

  private ClassResult result(int cls, Ranking ranking) {
    return new ClassResult(
        cls,
        (long) examples.support(cls),
        labels.support(cls),
        labels.predicted(cls),
        labels.precision(cls),
        labels.recall(cls),
        labels.f1(cls),
        ranking);
  }

  private static Optional<Double> macro(
      List<ClassResult> classes, ToDoubleFunction<ClassResult> metric) {
    return optional(classes.stream().filter(ClassResult::occurs).mapToDouble(metric).average());
  }

  private static Optional<Double> ranking(
      List<ClassResult> classes, Function<Ranking, Optional<Double>> metric) {
    return optional(
        classes.stream()
            .flatMap(cls -> metric.apply(cls.ranking()).stream())
            .mapToDouble(Double::doubleValue)
            .average());
  }

  private static Optional<Double> optional(OptionalDouble mean) {
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }
}
