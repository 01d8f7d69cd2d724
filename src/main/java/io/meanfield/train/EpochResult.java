package io.meanfield.train;

import java.util.Optional;

/**
 * What an epoch came to; Keras' history.
 *
 * @param epoch from 1
 * @param trainLoss mean over the epoch's steps, while the weights moved
 * @param trainAccuracy likewise; nothing in a regression
 * @param validationLoss of the averaged weights after the epoch; nothing without validation
 *     examples
 * @param validationAccuracy likewise; nothing in a regression
 * @param examples consumed
 * @param seconds of the whole epoch, validation included
 * @param learningRate in force at the end: the schedule's value after the epoch's last minibatch,
 *     which the next one would take; what Keras' TensorBoard callback shows
 * @param pretrainedLayer the layer that it trained alone, without labels, and whose loss the
 *     training loss is; nothing for an epoch that trained the network
 */
public record EpochResult(
    int epoch,
    double trainLoss,
    Optional<Double> trainAccuracy,
    Optional<Double> validationLoss,
    Optional<Double> validationAccuracy,
    long examples,
    double seconds,
    double learningRate,
    Optional<Integer> pretrainedLayer) {

  /** Of an epoch that trained the network. */
  public EpochResult(
      int epoch,
      double trainLoss,
      Optional<Double> trainAccuracy,
      Optional<Double> validationLoss,
      Optional<Double> validationAccuracy,
      long examples,
      double seconds,
      double learningRate) {
    this(
        epoch,
        trainLoss,
        trainAccuracy,
        validationLoss,
        validationAccuracy,
        examples,
        seconds,
        learningRate,
        Optional.empty());
  }

  public EpochResult {
    if (!Double.isFinite(trainLoss)) {
      throw new IllegalArgumentException(
          "the training loss of epoch " + epoch + " is " + trainLoss);
    }
  }

  /**
   * What early stopping and the best epoch go by: the validation loss, or the training loss where
   * there is none.
   */
  double monitored() {
    return validationLoss.orElse(trainLoss);
  }
}
