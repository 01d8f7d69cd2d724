package io.meanfield.learner;

import io.meanfield.network.LearnerState;

/**
 * A network with its optimizer. A learner is not thread-safe and computes on one thread. The state
 * that it returns depends only on the restored state and the minibatches since then: earlier use
 * has no effect.
 */
public interface Learner {
  /** Returns the device on which the learner computes. */
  default Device device() {
    return Device.CPU;
  }

  /**
   * Copies weights, optimizer state and counters into the learner. An empty optimizer state resets
   * the optimizer.
   */
  void restore(LearnerState state);

  /** Returns a copy of weights, optimizer state and counters. */
  LearnerState state();

  /**
   * Trains on one minibatch.
   *
   * @return the loss and accuracy of the outputs before the step
   */
  StepResult fit(Minibatch batch);

  /** Writes the outputs for the minibatch's examples, [size, outputs], to the front of an array. */
  void predict(Minibatch batch, float[] outputs);
}
