package io.meanfield.train.history;

import java.util.Optional;

/**
 * The result of one epoch, as in Keras' {@code History}.
 *
 * @param epoch from 1
 * @param examples number of examples consumed
 * @param seconds duration of the whole epoch, including validation
 * @param learningRate learning rate at the end of the epoch: the schedule's value for the next
 *     minibatch, as Keras' TensorBoard callback shows it
 */
public record EpochResult(
    int epoch, Scores scores, long examples, double seconds, double learningRate) {

  /**
   * The losses and accuracies of one epoch.
   *
   * @param trainLoss mean loss of the examples, each measured in its training step
   * @param trainAccuracy accuracy on the examples, each measured in its training step; empty in a
   *     regression
   * @param validationLoss loss of the averaged weights after the epoch; empty without validation
   *     examples
   * @param validationAccuracy accuracy of the averaged weights after the epoch; empty without
   *     validation examples and in a regression
   * @param monitored the metric that early stopping monitors, on the validation examples; empty if
   *     it is the loss
   */
  public record Scores(
      double trainLoss,
      Optional<Double> trainAccuracy,
      Optional<Double> validationLoss,
      Optional<Double> validationAccuracy,
      Optional<Double> monitored) {

    /** Creates the scores of an epoch whose loss is monitored. */
    public Scores(
        double trainLoss,
        Optional<Double> trainAccuracy,
        Optional<Double> validationLoss,
        Optional<Double> validationAccuracy) {
      this(trainLoss, trainAccuracy, validationLoss, validationAccuracy, Optional.empty());
    }
  }

  public EpochResult {
    if (!Double.isFinite(scores.trainLoss())) {
      throw new IllegalArgumentException(
          "the training loss of epoch %s is %s".formatted(epoch, scores.trainLoss()));
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
   * Returns the loss by which epochs are compared: the validation loss, or the training loss if
   * there is no validation loss.
   */
  double monitoredLoss() {
    return validationLoss().orElse(trainLoss());
  }
}
