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

  /**
   * Trains one layer without labels on one minibatch: its input is the output of the layers below
   * it, and the loss is that of the reconstruction, which an autoencoder minimises. Ignores targets
   * and sample weights, and changes no other layer.
   *
   * @param layer number of an autoencoder or a restricted Boltzmann machine
   */
  StepResult pretrain(int layer, Minibatch batch);

  /**
   * Scores a restricted Boltzmann machine on the outputs of the layers below it.
   *
   * @param layer its number
   * @throws UnsupportedOperationException if the engine cannot train it
   */
  default EnergyResult energy(int layer, Minibatch batch) {
    throw new UnsupportedOperationException("the engine has no restricted Boltzmann machine");
  }

  /**
   * Trains on minibatches, one after the other, and returns the sum of the results. A learner on a
   * GPU waits for the GPU only at the end.
   */
  default StepResult fit(Minibatches batches) {
    return batches.stream().map(this::fit).reduce(StepResult.NONE, StepResult::plus);
  }

  /** Pre-trains a layer on minibatches, one after the other, and returns the sum of the results. */
  default StepResult pretrain(int layer, Minibatches batches) {
    return batches.stream()
        .map(batch -> pretrain(layer, batch))
        .reduce(StepResult.NONE, StepResult::plus);
  }

  /** Writes the outputs for the minibatch's examples, [size, outputs], to the front of an array. */
  void predict(Minibatch batch, float[] outputs);
}
