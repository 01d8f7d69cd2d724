package io.meanfield.engine.torch.layers;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Inverted dropout, Srivastava et al. 2014, section 10: in training sets numbers to 0 with
 * probability {@code rate} and divides the others by {@code 1 - rate}.
 */
public final class TorchDropout implements TorchLayer {
  private final double rate;
  private final TorchMask mask;

  /**
   * Creates the layer.
   *
   * @param number of the layer, from 0
   */
  public TorchDropout(double rate, int number) {
    this.rate = rate;
    this.mask = new TorchMask(rate, (float) (1 / (1 - rate)), number);
  }

  /** Returns the factors of a minibatch's numbers; empty if they do not change. */
  public Optional<Tensor> mask(Tensor input, ForwardContext pass) {
    return pass.training() && rate > 0
        ? Optional.of(mask.draw(input, pass.key()))
        : Optional.empty();
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return mask(input, pass).map(input::mul).orElse(input);
  }
}
