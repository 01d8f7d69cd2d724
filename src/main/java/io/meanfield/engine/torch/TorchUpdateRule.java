package io.meanfield.engine.torch;

/** The step of an optimizer on a contiguous range of the flat weights. */
interface TorchUpdateRule {
  /**
   * Updates the weights with the mean gradients of one minibatch.
   *
   * @param rate the scheduled learning rate
   * @param iteration minibatches before this one
   */
  void apply(double rate, int iteration);
}
