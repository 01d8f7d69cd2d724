package io.meanfield.engine.torch;

/** The step of an optimizer on a contiguous part of the flat weights. */
interface TorchUpdateRule {
  /**
   * Updates the weights with the gradients of one minibatch.
   *
   * @param iteration minibatches before this one
   */
  void apply(double rate, int iteration);
}
