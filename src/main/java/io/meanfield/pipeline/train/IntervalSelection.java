package io.meanfield.pipeline.train;

import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.IntervalCalibration;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.interval.Conformal;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import io.meanfield.train.TrainingData;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Gives a trained model the intervals of train.intervals, which follow from its errors on examples
 * that it has not learned from. Driver only.
 *
 * @param levels empty for none
 * @param outputs the meaning of the network's outputs for the examples
 */
record IntervalSelection(List<Double> levels, OutputSpec outputs) {
  private static final String KEY = "train.intervals";

  /**
   * Throws unless the model can have the intervals.
   *
   * @param unseen the number of examples that the network, or one of its members, does not learn
   *     from
   * @throws UserException if the task has several labels, or if there are too few examples
   */
  void requirePossible(long unseen) {
    if (levels.isEmpty()) {
      return;
    }
    if (outputs.taskType() == TaskType.MULTI_LABEL) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s is set, but this task has several labels, and there are intervals of numbers and sets"
              + " of classes only; leave it out",
          KEY);
    }
    if (unseen == 0) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s needs examples that the network does not learn from, but there are none; set"
              + " train.folds, or raise data.validation-fraction",
          KEY);
    }
    levels.forEach(level -> Conformal.requireRows(level, unseen));
  }

  /** Returns the model with its intervals. */
  Model select(Model model, TrainingData data) {
    if (levels.isEmpty()) {
      return model;
    }
    if (data.split().folds() == 1) {
      try (Predictions validation = predictions(model, data.validation())) {
        return model.with(
            IntervalCalibration.of(List.of(validation), validation, data.split().scored(), levels));
      }
    }
    List<Predictions> folds =
        IntStream.range(0, data.split().folds())
            .mapToObj(fold -> predictions(model, fold(data, new Fold(fold))))
            .toList();
    try (Predictions mean = predictions(model, data.training())) {
      return model.with(IntervalCalibration.of(folds, mean, data.split().scored(), levels));
    } finally {
      folds.forEach(Predictions::close);
    }
  }

  private static Predictions predictions(Model model, JavaRDD<ShardGroup> examples) {
    return Predictions.ofShards(model, ThresholdSelection.VALIDATION, examples);
  }

  private static JavaRDD<ShardGroup> fold(TrainingData data, Fold fold) {
    return data.validation().filter(group -> group.fold().equals(Optional.of(fold)));
  }
}
