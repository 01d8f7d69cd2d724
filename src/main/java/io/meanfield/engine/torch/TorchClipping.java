package io.meanfield.engine.torch;

import io.meanfield.network.GradientClipping;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Clips the gradient of one array of weights in place.
 *
 * @param gradient to clip; each case returns it
 */
record TorchClipping(Tensor gradient) implements GradientClipping.Visitor<Tensor> {
  @Override
  public Tensor none(GradientClipping.None none) {
    return gradient;
  }

  @Override
  public Tensor norm(GradientClipping.Norm norm) {
    double length = gradient.norm().item_float();
    return length > norm.limit() ? gradient.mul_(ScalarCache.of(norm.limit() / length)) : gradient;
  }

  @Override
  public Tensor value(GradientClipping.Value value) {
    return gradient.clamp_(bound(-value.limit()), bound(value.limit()));
  }

  private static ScalarOptional bound(double limit) {
    return new ScalarOptional(ScalarCache.of(limit));
  }
}
