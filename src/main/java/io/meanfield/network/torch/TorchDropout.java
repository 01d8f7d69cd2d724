package io.meanfield.network.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * Dropout whose chance is a function of the minibatch's key, the layer and the place of a number:
 * whoever computes the step, whenever, drops the same.
 */
final class TorchDropout implements TorchLayer {
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private final double rate;
  private final int layer;
  private float[] factors = new float[0];

  TorchDropout(double rate, int layer) {
    this.rate = rate;
    this.layer = layer;
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    if (!pass.training() || rate == 0) {
      return input;
    }
    int count = Math.toIntExact(input.numel());
    if (factors.length < count) {
      factors = new float[count];
    }
    draw(mix(pass.key() + GOLDEN_RATIO * (layer + 1)), count);
    Tensor mask = LibTorch.zeros(input.device(), input.shape());
    LibTorch.write(factors, mask);
    return input.mul(mask);
  }

  private void draw(long key, int count) {
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < count; i++) {
      double uniform = (mix(key + GOLDEN_RATIO * i) >>> 11) * 0x1.0p-53;
      factors[i] = uniform < rate ? 0 : kept;
    }
  }

  // SplitMix64's output function (Steele, Lea and Flood 2014, figure 17), here of a counter.
  static long mix(long counter) {
    long z = counter;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
