package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.DropoutMask;
import org.bytedeco.pytorch.Tensor;

/** Sets random numbers of a layer's input to 0, as a {@link DropoutMask} draws them. */
final class TorchMask {
  private final double rate;
  private final float scale;
  private final int layer;
  private float[] factors = new float[0];

  /**
   * Creates a mask.
   *
   * @param rate the probability of 0
   * @param scale the factor of the other numbers
   * @param layer number of the layer, from 0
   */
  TorchMask(double rate, float scale, int layer) {
    this.rate = rate;
    this.scale = scale;
    this.layer = layer;
  }

  /**
   * Returns the factors of a layer's input, in its shape.
   *
   * @param input of any shape
   * @param key of the minibatch
   */
  Tensor draw(Tensor input, long key) {
    int count = Math.toIntExact(input.numel());
    if (factors.length < count) {
      factors = new float[count];
    }
    DropoutMask.draw(factors, count, rate, scale, key, layer);
    Tensor mask = LibTorch.zeros(input.device(), input.shape());
    LibTorch.write(factors, mask);
    return mask;
  }
}
