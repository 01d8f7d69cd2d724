package io.meanfield.evaluate;

import io.meanfield.evaluate.interval.IntervalResult;
import io.meanfield.evaluate.metric.CalibrationBin;
import io.meanfield.evaluate.metric.ClassResult;
import io.meanfield.evaluate.metric.MetricReport;
import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.evaluate.metric.TargetErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a model on labelled examples. If examples have weights, all values are weighted.
 *
 * @param weight sum of the weights of the examples; empty if they have none
 * @param loss mean loss of the examples
 * @param values the metrics of the task by name, in the order of {@link Metrics#names()}
 * @param classes results of each class or label; empty in a regression
 * @param targets errors of each target of a regression; empty unless it has several
 * @param confusion confusion matrix {@code [actual][predicted]}, which counts every example once;
 *     empty unless each example has one class
 * @param calibration the bins of predicted probabilities that have examples; empty unless the
 *     outputs are class probabilities
 * @param intervals how well the intervals or sets do, level by level and target by target; empty if
 *     the model has none
 * @param threshold from which the model predicts class 1; empty unless there are two classes
 * @param notes sentences for the user that help to judge the values
 */
public record Evaluation(
    long examples,
    Optional<Double> weight,
    double loss,
    Map<String, Double> values,
    List<ClassResult> classes,
    List<TargetErrors> targets,
    List<List<Long>> confusion,
    List<CalibrationBin> calibration,
    List<IntervalResult> intervals,
    Optional<Float> threshold,
    List<String> notes) {

  /**
   * Returns the evaluation that the metrics report.
   *
   * @param outputs the meaning of the outputs
   * @param weighted whether the examples have weights
   * @param rankings one for each class or label
   */
  static Evaluation of(
      MetricSet metrics, OutputSpec outputs, boolean weighted, List<Ranking> rankings) {
    MetricReport report = metrics.report(rankings);
    return new Evaluation(
        metrics.examples(),
        weighted ? Optional.of(metrics.weight()) : Optional.empty(),
        metrics.loss(),
        report.values(),
        report.classes(),
        report.targets(),
        report.confusion(),
        report.calibration(),
        report.intervals(),
        outputs.hasTwoClasses() ? Optional.of(outputs.threshold().value()) : Optional.empty(),
        report.notes());
  }

  /**
   * Returns the value of a metric; empty if the task has no such metric.
   *
   * @param metric one of {@link Metrics#names()}
   */
  public Optional<Double> value(String metric) {
    if (!Metrics.names().contains(metric)) {
      throw new IllegalArgumentException("no metric has the name " + metric);
    }
    return Optional.ofNullable(values.get(metric));
  }

  /**
   * Returns the share of the examples that the intervals or sets of the first level contain, the
   * smallest of several targets; empty if the model has none.
   */
  public Optional<Double> leastCoverage() {
    return intervals.stream()
        .filter(found -> found.level() == intervals.get(0).level())
        .map(IntervalResult::coverage)
        .min(Double::compare);
  }

  /**
   * Returns the number of examples that are predicted correctly; empty in a regression and if
   * examples have weights.
   */
  public Optional<Long> correct() {
    // Exact: the accuracy is this number divided by the number of examples.
    return value("accuracy")
        .filter(accuracy -> weight.isEmpty())
        .map(accuracy -> Math.round(accuracy * examples));
  }
}
