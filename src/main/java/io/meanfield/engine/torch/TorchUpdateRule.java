package io.meanfield.engine.torch;

/** The step of an optimizer on weights that are neighbours in the flat tensors. */
interface TorchUpdateRule {
  /**
   * Moves the weights by the gradients of one minibatch.
   *
   * @param iteration minibatches before this one
   */
  void apply(double rate, int iteration);
}
