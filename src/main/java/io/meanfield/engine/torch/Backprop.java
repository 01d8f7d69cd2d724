package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.tensor.TorchParameters;
import org.bytedeco.pytorch.Tensor;

/** The forward and the backward pass through the layers of a network. */
interface Backprop {
  /**
   * Returns the last layer's sums [size, outputs], before its activation.
   *
   * @param features [size, inputs], not yet divided by {@link ForwardContext#divisor}
   */
  Tensor forward(Tensor features, ForwardContext pass);

  /** Forgets what the layers remember of earlier minibatches besides the weights. */
  default void restart() {}

  /**
   * Overwrites the gradients of all weights in {@link TorchParameters#gradients()}.
   *
   * @param sums the result of the last call of {@link #forward}
   * @param delta the gradient of the sums [size, outputs]
   */
  void backward(Tensor sums, Tensor delta);
}
