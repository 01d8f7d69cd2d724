package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.Printable;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.interval.IntervalResult;
import io.meanfield.network.Intervals;
import io.meanfield.pipeline.page.TargetNames;
import io.meanfield.report.ReadableNumber;
import io.meanfield.store.RunDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Formats the result of an evaluation. */
public final class EvaluationSummary {
  private EvaluationSummary() {}

  /**
   * Returns the result in one sentence: the accuracy unless the task is a regression, the errors of
   * a regression, and the loss.
   */
  public static String sentence(Evaluation evaluation) {
    return "%s%sloss %s"
        .formatted(
            accuracy(evaluation),
            errors(evaluation).map(errors -> errors + ", ").orElse(""),
            ReadableNumber.fixed(evaluation.loss()));
  }

  private static String accuracy(Evaluation evaluation) {
    return evaluation
        .value("accuracy")
        .map(
            accuracy ->
                String.format(
                    Locale.ROOT, "accuracy %.2f %% (%s), ", 100 * accuracy, correct(evaluation)))
        .orElse("");
  }

  private static String correct(Evaluation evaluation) {
    return evaluation
        .correct()
        .map(correct -> "%s of %s correct".formatted(correct, evaluation.examples()))
        .orElseGet(() -> evaluation.examples() + " weighted examples");
  }

  /**
   * Returns the errors of a regression; empty in another task. Of several targets, which have units
   * of their own, it is the mean R2, unless the outputs are quantiles.
   */
  static Optional<String> errors(Evaluation evaluation) {
    Optional<Double> pinball = evaluation.value("pinball");
    if (pinball.isPresent()) {
      return Optional.of(
          "pinball %s, quantile error %s, mae %s"
              .formatted(
                  number(pinball),
                  number(evaluation.value("quantile_error")),
                  number(evaluation.value("mae"))));
    }
    return evaluation.targets().isEmpty()
        ? errorsOfOne(evaluation)
        : Optional.of(
            "mean r2 %s of %d targets"
                .formatted(number(evaluation.value("r2")), evaluation.targets().size()));
  }

  private static Optional<String> errorsOfOne(Evaluation evaluation) {
    return evaluation
        .value("mse")
        .map(
            mse ->
                String.format(
                    Locale.ROOT,
                    "mse %s, rmse %s, mae %s, r2 %s",
                    ReadableNumber.fixed(mse),
                    number(evaluation.value("rmse")),
                    number(evaluation.value("mae")),
                    number(evaluation.value("r2"))));
  }

  /** Returns a line for each of several targets of a regression, with its name. */
  static List<String> targets(RunDirectory run, Evaluation evaluation) {
    TargetNames names = TargetNames.of(run.manifest());
    return evaluation.targets().stream()
        .map(
            errors ->
                "target   %s: rmse %s, mae %s, r2 %s"
                    .formatted(
                        Printable.text(names.name(errors.target())),
                        ReadableNumber.fixed(errors.rmse()),
                        ReadableNumber.fixed(errors.mae()),
                        number(errors.r2())))
        .toList();
  }

  /** Returns a line for each level of intervals or sets, and for each of several targets. */
  static List<String> intervals(RunDirectory run, Evaluation evaluation) {
    TargetNames names = TargetNames.of(run.manifest());
    boolean named = !evaluation.targets().isEmpty();
    return evaluation.intervals().stream()
        .map(
            found ->
                "%-9s%s%s"
                    .formatted(
                        found.meanSize().isPresent() ? "sets" : "range",
                        named ? Printable.text(names.name(found.target())) + ": " : "",
                        sentence(found)))
        .toList();
  }

  private static String sentence(IntervalResult found) {
    String sizes =
        found
            .meanSize()
            .map(size -> String.format(Locale.ROOT, "%.2f classes on average", size))
            .orElseGet(
                () ->
                    "mean width %s, interval score %s"
                        .formatted(number(found.meanWidth()), number(found.intervalScore())));
    return String.format(
        Locale.ROOT,
        "%s %% promised, %.1f %% covered, %s",
        Intervals.percent(found.level()),
        100 * found.coverage(),
        sizes);
  }

  private static Map<String, Double> intervalMetrics(Evaluation evaluation) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (IntervalResult found : evaluation.intervals()) {
      String suffix =
          "_"
              + Intervals.suffix(found.level())
              + (evaluation.targets().isEmpty() ? "" : "_" + found.target());
      metrics.put("coverage" + suffix, found.coverage());
      found.meanWidth().ifPresent(width -> metrics.put("mean_width" + suffix, width));
      found.intervalScore().ifPresent(score -> metrics.put("interval_score" + suffix, score));
      found.meanSize().ifPresent(size -> metrics.put("mean_set_size" + suffix, size));
    }
    return metrics;
  }

  /** Returns the metrics, named as the columns of the table {@code evaluation}. */
  public static Map<String, Double> metrics(Evaluation evaluation) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("examples", (double) evaluation.examples());
    metrics.put("loss", evaluation.loss());
    evaluation.threshold().ifPresent(value -> metrics.put("threshold", (double) value));
    metrics.putAll(evaluation.values());
    metrics.putAll(intervalMetrics(evaluation));
    return metrics;
  }

  /**
   * Returns lines for a person: averages over the classes, the errors of each of several targets,
   * and the directory of the tables.
   *
   * @param data the examples of the evaluation
   */
  public static List<String> details(RunDirectory run, Evaluation evaluation, Dataset data) {
    List<String> lines = new ArrayList<>();
    if (!evaluation.classes().isEmpty()) {
      lines.add(macro(evaluation));
    }
    evaluation.threshold().ifPresent(threshold -> lines.add(positive(evaluation, threshold, data)));
    lines.addAll(targets(run, evaluation));
    lines.addAll(intervals(run, evaluation));
    lines.add("tables   " + run.display() + "/tables");
    return lines;
  }

  /** Returns the metrics of class 1 of two classes, by its name, in one line. */
  static String positive(Evaluation evaluation, float threshold, Dataset data) {
    return String.format(
        Locale.ROOT,
        "class %s  precision %s, recall %s, F1 %s at threshold %s, PR AUC %s, ROC AUC %s, lift %s",
        data.encoder()
            .flatMap(TableEncoder::labels)
            .map(names -> names.values().get(1))
            .orElse("1"),
        number(evaluation.value("precision")),
        number(evaluation.value("recall")),
        number(evaluation.value("f1")),
        threshold,
        number(evaluation.value("pr_auc")),
        number(evaluation.value("roc_auc")),
        number(evaluation.value("lift_at_10_percent")));
  }

  private static String macro(Evaluation evaluation) {
    String lastMetric =
        evaluation
            .value("hamming_loss")
            .map(loss -> "Hamming loss " + number(Optional.of(loss)))
            .orElse("calibration error " + number(evaluation.value("expected_calibration_error")));
    return String.format(
        Locale.ROOT,
        "macro    precision %s, recall %s, F1 %s, ROC AUC %s, %s",
        number(evaluation.value("macro_precision")),
        number(evaluation.value("macro_recall")),
        number(evaluation.value("macro_f1")),
        number(evaluation.value("roc_auc_macro")),
        lastMetric);
  }

  private static String number(Optional<Double> value) {
    return value.map(ReadableNumber::fixed).orElse("none");
  }
}
