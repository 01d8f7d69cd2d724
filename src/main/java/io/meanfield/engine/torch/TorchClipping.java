package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.network.GradientClipping;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Clips the gradient of one array of weights in place; each case returns the gradient.
 *
 * @param gradient of any shape
 */
record TorchClipping(Tensor gradient) implements GradientClipping.Visitor<Tensor> {
  @Override
  public Tensor none(GradientClipping.None none) {
    return gradient;
  }

  @Override
  public Tensor norm(GradientClipping.Norm norm) {
    return gradient.is_cuda() ? onDevice(norm.limit()) : onHost(norm.limit());
  }

  private Tensor onHost(double limit) {
    double found = gradient.norm().item_float();
    return found > limit ? gradient.mul_(ScalarCache.of(limit / found)) : gradient;
  }

  /** Clips without waiting for the device. */
  Tensor onDevice(double limit) {
    Tensor factor =
        gradient.norm().to(torch.ScalarType.Double).reciprocal().mul(ScalarCache.of(limit));
    return gradient.mul_(factor.clamp_max(ScalarCache.of(1)).to(torch.ScalarType.Float));
  }
}
