package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.Predictions;
import io.meanfield.network.Model;
import io.meanfield.store.RunResult;
import io.meanfield.train.Calibration;
import io.meanfield.train.TrainingData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of a training: the model with its threshold, and what the validation examples tell
 * about it.
 *
 * @param temperature by which the logits of the trained network were divided; empty without
 *     calibration
 * @param selection how the threshold was set
 * @param validation the evaluation of the validation examples; empty without them, and unless there
 *     are two classes or the task is a regression
 * @param judgement sentences that help to judge the model by the validation examples
 * @param note a sentence if the objective of the threshold is out of reach
 */
record TrainingResult(
    Model model,
    OptionalDouble temperature,
    ThresholdSelection selection,
    Optional<Evaluation> validation,
    List<String> judgement,
    Optional<String> note) {
  private static final List<String> METRICS =
      List.of(
          "precision",
          "recall",
          "f1",
          "pr_auc",
          "roc_auc",
          "mse",
          "rmse",
          "mae",
          "r2",
          "pinball",
          "quantile_error");

  /**
   * Gives a trained model its temperature, threshold and intervals, and evaluates it on the
   * validation examples.
   */
  static TrainingResult of(
      Model trained,
      Calibration calibration,
      ThresholdSelection selection,
      IntervalSelection intervals,
      TrainingData data) {
    Calibrated calibrated = Calibrated.of(trained, calibration, data);
    ThresholdSelection.Selected selected = selection.select(calibrated.model(), data.validation());
    Model model = intervals.select(selected.model(), data);
    Optional<Evaluation> validation =
        selection.evaluate(model, data.validation(), data.split().scored());
    return new TrainingResult(
        model,
        calibrated.temperature(),
        selection,
        validation,
        validation.map(Evaluation::notes).orElseGet(() -> judgement(model, data)),
        selected.note());
  }

  private static List<String> judgement(Model model, TrainingData data) {
    if (data.split().scored() == 0) {
      return List.of();
    }
    try (Predictions predictions =
        Predictions.ofShards(model, ThresholdSelection.VALIDATION, data.validation())) {
      return predictions.notes();
    }
  }

  /** Returns the result on the validation examples of the data set in one line. */
  Optional<String> line(Dataset data) {
    return validation.map(
        evaluation ->
            EvaluationSummary.errors(evaluation)
                .map(errors -> "errors   " + errors + examples(evaluation) + ")")
                .orElseGet(
                    () ->
                        "%s%s; the threshold is %s)"
                            .formatted(
                                EvaluationSummary.positive(
                                    evaluation, model.threshold().value(), data),
                                examples(evaluation),
                                selection.origin())));
  }

  private static String examples(Evaluation evaluation) {
    return " (" + evaluation.examples() + " validation examples";
  }

  /**
   * Returns sentences about problems, the result first and then its probable cause.
   *
   * @param diagnosis the most serious problem of the training
   */
  List<String> notes(Optional<String> diagnosis, ClassBalancing balancing) {
    List<String> notes = new ArrayList<>();
    judgement.forEach(found -> notes.add("validation examples: " + found));
    diagnosis.ifPresent(notes::add);
    note.ifPresent(notes::add);
    balanced(balancing).ifPresent(notes::add);
    return notes;
  }

  private Optional<String> balanced(ClassBalancing balancing) {
    boolean changed = balancing.before().stream().distinct().count() > 1;
    boolean chosen = selection.settings().objective().isPresent() || model.threshold().isSet();
    return changed && !chosen && selection.outputs().hasTwoClasses()
        ? Optional.of(
            "data.balance = class-weights changes what the network learns, and not the shares of"
                + " the classes in its probabilities, which are those of the data; set"
                + " train.threshold, such as f1, to predict the rare class more often")
        : Optional.empty();
  }

  /** Returns the result of the training with threshold and validation metrics. */
  RunResult result(Map<String, Double> epoch) {
    Map<String, Double> metrics = new LinkedHashMap<>(epoch);
    if (selection.outputs().hasTwoClasses()) {
      metrics.put("threshold", (double) model.threshold().value());
    }
    temperature.ifPresent(value -> metrics.put("temperature", value));
    validation.ifPresent(evaluation -> metrics.putAll(validationMetrics(evaluation)));
    return new RunResult(metrics, Optional.of(model.state().weightsSha256()));
  }

  private static Map<String, Double> validationMetrics(Evaluation evaluation) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    METRICS.forEach(
        name ->
            evaluation.value(name).ifPresent(value -> metrics.put("validation_" + name, value)));
    return metrics;
  }
}
