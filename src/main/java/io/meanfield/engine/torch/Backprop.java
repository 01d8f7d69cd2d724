package io.meanfield.engine.torch;

import org.bytedeco.pytorch.Tensor;

/** The way through the layers and back. */
interface Backprop {
  /** The last layer's sums, before its activation. */
  Tensor forward(Tensor features, ForwardContext pass);

  /**
   * Writes the gradients of all weights.
   *
   * @param sums what {@link #forward} gave last
   * @param delta their gradient
   */
  void backward(Tensor sums, Tensor delta);
}
