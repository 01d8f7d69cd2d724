package io.meanfield.learner;

import io.meanfield.network.LearnerState;

/**
 * A network with its optimizer; not thread-safe, one math thread. Between {@link #restore} and
 * {@link #state} it is a function of the state and the minibatches alone: earlier use has no
 * effect.
 */
public interface Learner {
  /** Returns where it computes: on the GPU that it was built for, if there is a driver. */
  default Device device() {
    return Device.CPU;
  }

  /** Copies weights, optimizer state and counters into the learner. */
  void restore(LearnerState state);

  /** Returns a copy of weights, optimizer state and counters. */
  LearnerState state();

  /** Makes one step on one minibatch. */
  StepResult fit(Minibatch batch);

  /**
   * Makes one step of an autoencoder alone, on what the layers below it make of the minibatch; the
   * targets are ignored. The loss is that of its reconstruction; no other layer changes.
   */
  StepResult pretrain(int layer, Minibatch batch);

  /**
   * Writes the outputs of the batch's examples, [size, outputs], to the front of {@code outputs}.
   */
  void predict(Minibatch batch, float[] outputs);
}
