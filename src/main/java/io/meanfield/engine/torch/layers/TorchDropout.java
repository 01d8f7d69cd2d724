package io.meanfield.engine.torch.layers;

import org.bytedeco.pytorch.Tensor;

/**
 * Inverted dropout, Srivastava et al. 2014, section 10: in training sets numbers to 0 with
 * probability {@code rate} and divides the others by {@code 1 - rate}.
 */
final class TorchDropout implements TorchLayer {
  private final double rate;
  private final TorchMask mask;

  TorchDropout(double rate, int number) {
    this.rate = rate;
    this.mask = new TorchMask(rate, (float) (1 / (1 - rate)), number);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return pass.training() && rate > 0 ? mask.apply(input, pass.key()) : input;
  }
}
