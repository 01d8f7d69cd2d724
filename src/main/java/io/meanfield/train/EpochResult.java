package io.meanfield.train;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;

/**
 * The result of one epoch; Keras' history.
 *
 * @param epoch from 1
 * @param examples consumed
 * @param seconds of the whole epoch, validation included
 * @param learningRate in force at the end: the schedule's value after the epoch's last minibatch,
 *     which the next one would take; what Keras' TensorBoard callback shows
 * @param pretrainedLayer the layer that the epoch trained alone, without labels, and whose loss the
 *     training loss is; empty for an epoch that trained the network
 */
public record EpochResult(
    int epoch,
    @JsonUnwrapped Scores scores,
    long examples,
    double seconds,
    double learningRate,
    Optional<Integer> pretrainedLayer) {

  /**
   * How good the network was in an epoch.
   *
   * @param trainLoss mean over the epoch's steps, while the weights moved
   * @param trainAccuracy the same of the accuracy; empty in a regression
   * @param validationLoss of the averaged weights after the epoch; empty without validation
   *     examples
   * @param validationAccuracy the same of the accuracy; empty in a regression
   */
  public record Scores(
      double trainLoss,
      Optional<Double> trainAccuracy,
      Optional<Double> validationLoss,
      Optional<Double> validationAccuracy) {}

  public EpochResult {
    if (!Double.isFinite(scores.trainLoss())) {
      throw new IllegalArgumentException(
          "the training loss of epoch " + epoch + " is " + scores.trainLoss());
    }
  }

  public double trainLoss() {
    return scores.trainLoss();
  }

  public Optional<Double> trainAccuracy() {
    return scores.trainAccuracy();
  }

  public Optional<Double> validationLoss() {
    return scores.validationLoss();
  }

  public Optional<Double> validationAccuracy() {
    return scores.validationAccuracy();
  }

  /**
   * What early stopping and the best epoch go by: the validation loss, or the training loss where
   * there is none.
   */
  double monitored() {
    return validationLoss().orElse(trainLoss());
  }
}
