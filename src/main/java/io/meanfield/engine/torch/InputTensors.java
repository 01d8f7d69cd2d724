package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.LibTorch;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of a learner for one size of minibatch.
 *
 * @param pixels [size, inputs], unsigned bytes; used for images only
 * @param features [size, inputs]; for images the pixels, from 0 to 255
 * @param targets [size, outputs]
 * @param sampleWeights [size, 1]
 */
record InputTensors(Tensor pixels, Tensor features, Tensor targets, Tensor sampleWeights) {
  static InputTensors allocate(
      org.bytedeco.pytorch.Device device, int size, int inputs, int outputs) {
    return new InputTensors(
        LibTorch.bytes(device, size, inputs),
        LibTorch.zeros(device, size, inputs),
        LibTorch.zeros(device, size, outputs),
        LibTorch.zeros(device, size, 1));
  }
}
