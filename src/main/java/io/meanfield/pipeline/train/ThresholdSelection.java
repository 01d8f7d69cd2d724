package io.meanfield.pipeline.train;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.threshold.Cut;
import io.meanfield.evaluate.threshold.Objective;
import io.meanfield.evaluate.threshold.ThresholdSettings;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Gives a trained model its threshold: the number of train.threshold, or the one that its objective
 * prefers on the validation examples. Driver only.
 *
 * @param outputs the meaning of the network's outputs for the examples
 */
record ThresholdSelection(ThresholdSettings settings, OutputSpec outputs) {
  private static final String KEY = "train.threshold";
  static final String VALIDATION = "the validation examples";

  /**
   * A model with its threshold.
   *
   * @param note a sentence if the objective is out of reach
   */
  record Selected(Model model, Optional<String> note) {}

  /**
   * Throws unless the model can have the threshold.
   *
   * @param validation the number of validation examples
   * @throws UserException if the task has not two classes, or if there are no validation examples
   *     to choose on
   */
  void requirePossible(long validation) {
    boolean isDefault = settings.objective().isEmpty() && !settings.fixed().isSet();
    if (!isDefault && !outputs.hasTwoClasses()) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "is set, but only a model for two classes has a threshold, and this task %s; leave it"
                  + " out",
              task()));
    }
    if (settings.objective().isPresent() && validation == 0) {
      throw wrong(
          "is chosen on validation examples, but there are none; raise data.validation-fraction, or"
              + " set a number");
    }
  }

  private String task() {
    return switch (outputs.taskType()) {
      case BINARY, MULTI_CLASS -> "has " + outputs.classes() + " classes";
      case MULTI_LABEL -> "has several labels";
      case REGRESSION -> "is a regression";
    };
  }

  /**
   * Throws if no threshold can be chosen on these examples; called before training.
   *
   * @throws UserException if all of them have the same class
   */
  static void requireBothClasses(EngineNetwork network, JavaRDD<ShardGroup> validation) {
    long classes =
        validation
            .flatMap(ShardGroup::chunks)
            .flatMap(chunk -> classes(network, chunk).iterator())
            .distinct()
            .count();
    if (classes < 2) {
      throw oneClass();
    }
  }

  private static Set<Integer> classes(EngineNetwork network, Examples examples) {
    float[] targets = BatchWriter.targets(examples, network);
    int width = network.outputs();
    return IntStream.range(0, examples.count())
        .filter(row -> examples.weight(row) > 0)
        .mapToObj(row -> TaskType.predictedClass(targets, row * width, width))
        .collect(Collectors.toSet());
  }

  private static UserException oneClass() {
    return wrong(
        "is chosen on the validation examples, but all of them that have a weight above 0 have the"
            + " same class; raise data.validation-fraction, or set a number");
  }

  private static UserException wrong(String reason) {
    return UserException.of(ErrorCode.WRONG_SETTINGS, "%s %s", KEY, reason);
  }

  /** Returns the model with its threshold. */
  Selected select(Model trained, JavaRDD<ShardGroup> validation) {
    Model model = trained.with(settings.fixed());
    return settings
        .objective()
        .map(objective -> select(model, objective, validation))
        .orElseGet(() -> new Selected(model, Optional.empty()));
  }

  private static Selected select(Model model, Objective objective, JavaRDD<ShardGroup> validation) {
    try (Predictions predictions = Predictions.ofShards(model, VALIDATION, validation)) {
      Cut cut = predictions.bestCut(objective).orElseThrow(ThresholdSelection::oneClass);
      return new Selected(
          model.with(Threshold.of(cut.threshold())),
          objective.isReachedBy(cut) ? Optional.empty() : Optional.of(note(objective, cut)));
    }
  }

  private static String note(Objective objective, Cut cut) {
    return String.format(
        Locale.ROOT,
        "no threshold gives the validation examples %s: the largest precision is %.4f, and the"
            + " model has the threshold %s, which gives it",
        objective.display(),
        cut.precision(),
        cut.threshold());
  }

  /**
   * Returns the evaluation of a model on the validation examples, which tells how to read the
   * accuracy of two classes or the loss of a regression; empty in another task.
   *
   * @param examples the number of validation examples
   */
  Optional<Evaluation> evaluate(Model model, JavaRDD<ShardGroup> validation, long examples) {
    boolean isRegression = outputs.taskType() == TaskType.REGRESSION;
    boolean isScored = outputs.hasTwoClasses() || isRegression;
    if (!isScored || examples == 0) {
      return Optional.empty();
    }
    try (Predictions predictions = Predictions.ofShards(model, VALIDATION, validation)) {
      return Optional.of(predictions.evaluate());
    }
  }

  /** Returns how the threshold was set, such as "chosen for the largest F1". */
  String origin() {
    return settings
        .objective()
        .map(objective -> "chosen for " + objective.display())
        .orElse(settings.fixed().isSet() ? "set by " + KEY : "the default");
  }
}
