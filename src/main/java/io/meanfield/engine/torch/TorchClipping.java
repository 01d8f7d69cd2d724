package io.meanfield.engine.torch;

import io.meanfield.network.GradientClipping;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

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
    double found = gradient.norm().item_float();
    return found > norm.limit() ? gradient.mul_(ScalarCache.of(norm.limit() / found)) : gradient;
  }

  @Override
  public Tensor value(GradientClipping.Value value) {
    return gradient.clamp_(bound(-value.limit()), bound(value.limit()));
  }

  private static ScalarOptional bound(double limit) {
    return new ScalarOptional(ScalarCache.of(limit));
  }
}
