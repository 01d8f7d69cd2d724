package io.meanfield.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.Score;
import io.meanfield.evaluate.Temperatures;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.Monitor;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * The scores of weights on the validation examples.
 *
 * @param accuracy empty in a regression
 * @param monitored the metric that early stopping monitors; empty if it is the loss
 */
record Validation(double loss, Optional<Double> accuracy, Optional<Double> monitored) {

  /** Scores weights; computes all metrics only if another one than the loss is monitored. */
  static Validation of(
      Monitor monitor,
      Temperatures temperatures,
      EngineNetwork network,
      LearnerState state,
      JavaRDD<ShardGroup> examples) {
    if (monitor.isLoss()) {
      return of(Score.of(network, state, temperatures, examples));
    }
    try (Predictions predictions =
        Predictions.ofShards(new Model(network, state), "the validation examples", examples)) {
      Evaluation evaluation = predictions.evaluate();
      return new Validation(
          evaluation.loss(), evaluation.value("accuracy"), Optional.of(monitor.value(evaluation)));
    }
  }

  /** Converts a score when the loss is monitored. */
  static Validation of(Score score) {
    return new Validation(score.loss(), score.accuracy(), Optional.empty());
  }

  /** Returns the scores of an epoch. */
  EpochResult.Scores scores(double trainLoss, Optional<Double> trainAccuracy) {
    return new EpochResult.Scores(trainLoss, trainAccuracy, Optional.of(loss), accuracy, monitored);
  }
}
