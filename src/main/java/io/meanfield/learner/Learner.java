package io.meanfield.learner;

import io.meanfield.network.LearnerState;

/**
 * A network with its optimizer. A learner is not thread-safe and computes on one thread. The state
 * that it returns depends only on the restored state and the minibatches since then: earlier use
 * has no effect.
 */
public interface Learner {
  /**
   * Returns the device on which it computes: the GPU that it was built for if there is a driver,
   * else the CPU.
   */
  default Device device() {
    return Device.CPU;
  }

  /** Copies weights, optimizer state and counters into the learner. */
  void restore(LearnerState state);

  /** Returns a copy of weights, optimizer state and counters. */
  LearnerState state();

  /** Trains on one minibatch. */
  StepResult fit(Minibatch batch);

  /**
   * Trains one autoencoder layer on one minibatch: its input is the output of the layers below it,
   * its loss that of the reconstruction. Ignores the targets and changes no other layer.
   */
  StepResult pretrain(int layer, Minibatch batch);

  /**
   * Writes the outputs of the batch's examples, [size, outputs], to the front of {@code outputs}.
   */
  void predict(Minibatch batch, float[] outputs);
}
