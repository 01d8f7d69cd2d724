package io.meanfield.engine.torch;

import io.meanfield.learner.DropoutMask;
import org.bytedeco.pytorch.Tensor;

/** Dropout with the factors of a {@link DropoutMask}. */
final class TorchDropout implements TorchLayer {
  private final double rate;
  private final int layer;
  private float[] factors = new float[0];

  TorchDropout(double rate, int layer) {
    this.rate = rate;
    this.layer = layer;
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    if (!pass.training() || rate == 0) {
      return input;
    }
    int count = Math.toIntExact(input.numel());
    if (factors.length < count) {
      factors = new float[count];
    }
    DropoutMask.draw(factors, count, rate, (float) (1 / (1 - rate)), pass.key(), layer);
    Tensor mask = LibTorch.zeros(input.device(), input.shape());
    LibTorch.write(factors, mask);
    return input.mul(mask);
  }
}
