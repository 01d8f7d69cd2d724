package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.DropoutMask;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Inverted dropout, Srivastava et al. 2014, section 10: in training sets numbers to 0 with
 * probability {@code rate} and divides the others by {@code 1 - rate}.
 */
public final class TorchDropout implements TorchLayer {
  private final double rate;
  private final int layer;
  private float[] factors = new float[0]; // of the last minibatch
  private Optional<Tensor> mask = Optional.empty(); // the same on the device

  /**
   * Creates the layer.
   *
   * @param number of the layer, from 0
   */
  public TorchDropout(double rate, int number) {
    this.rate = rate;
    this.layer = number;
  }

  /**
   * Returns the factors of a minibatch's numbers, in the shape of the input; empty if they do not
   * change.
   */
  public Optional<Tensor> mask(Tensor input, ForwardContext pass) {
    return pass.training() && rate > 0 ? Optional.of(draw(input, pass.key())) : Optional.empty();
  }

  private Tensor draw(Tensor input, long key) {
    int blocks = -Math.floorDiv(-Math.toIntExact(input.numel()), DropoutMask.PER_NUMBER);
    if (factors.length != blocks * DropoutMask.PER_NUMBER) {
      factors = new float[blocks * DropoutMask.PER_NUMBER];
    }
    DropoutMask.draw(factors, rate, key, layer);
    Tensor drawn =
        mask.filter(last -> Arrays.equals(last.shape(), input.shape()))
            .orElseGet(() -> allocate(input));
    LibTorch.write(factors, drawn);
    return drawn;
  }

  private Tensor allocate(Tensor input) {
    mask = Optional.of(LibTorch.zeros(input.device(), input.shape()).retainReference());
    return mask.orElseThrow();
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return mask(input, pass).map(input::mul).orElse(input);
  }
}
