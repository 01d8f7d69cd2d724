package io.meanfield.engine.torch.layers;

import org.bytedeco.pytorch.Tensor;

/**
 * A layer on LibTorch. Rows are [size, numbers], images [size, channels, height, width], sequences
 * [size, steps, features].
 */
public interface TorchLayer {
  /** Returns the outputs of the layer for its input. */
  Tensor forward(Tensor input, ForwardContext pass);

  /** Forgets what the layer remembers of earlier minibatches besides the weights. */
  default void restart() {}
}
