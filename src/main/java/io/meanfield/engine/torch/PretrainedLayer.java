package io.meanfield.engine.torch;

import org.bytedeco.pytorch.Tensor;

/** A layer that can be trained without labels. */
interface PretrainedLayer extends TorchLayer {
  /**
   * Adds the mean gradients over the examples to the gradients of the layer's weights, and returns
   * the reconstruction of the inputs [size, inputs].
   *
   * @param inputs [size, inputs]
   */
  Tensor addGradients(Tensor inputs, ForwardContext pass);
}
