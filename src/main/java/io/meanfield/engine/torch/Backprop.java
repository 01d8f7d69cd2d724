package io.meanfield.engine.torch;

import org.bytedeco.pytorch.Tensor;

/** Forward and backward pass through the layers. */
interface Backprop {
  /** Returns the last layer's sums, before its activation. */
  Tensor forward(Tensor features, ForwardContext pass);

  /**
   * Writes the gradients of all weights.
   *
   * @param sums the last result of {@link #forward}
   * @param delta the gradient of the sums
   */
  void backward(Tensor sums, Tensor delta);
}
