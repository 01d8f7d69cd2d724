package io.meanfield.engine.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * A layer on LibTorch. Images are [size, channels, height, width], sequences [size, steps,
 * features].
 */
interface TorchLayer {
  Tensor forward(Tensor input, ForwardContext pass);
}
