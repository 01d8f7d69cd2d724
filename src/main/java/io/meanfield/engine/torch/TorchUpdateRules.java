package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.network.Optimizer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Creates the step of each optimizer, as a few operations on flat tensors.
 *
 * @param values a range of the flat weights, which the step changes
 * @param gradients of the values
 * @param state a vector as long as the values for each of {@link Optimizer#statePerWeight}
 */
record TorchUpdateRules(Tensor values, Tensor gradients, Tensor[] state, Device device)
    implements Optimizer.Visitor<TorchUpdateRule> {
  @Override
  public TorchUpdateRule sgd(Optimizer.Sgd sgd) {
    return sgd.momentum() == 0
        ? (rate, iteration) -> values.sub_(gradients, ScalarCache.of(rate))
        : (rate, iteration) -> momentum(sgd, rate);
  }

  private void momentum(Optimizer.Sgd sgd, double rate) {
    Tensor velocity = state[0];
    velocity.mul_(ScalarCache.of(sgd.momentum())).sub_(gradients, ScalarCache.of(rate));
    if (sgd.nesterov()) {
      values.add_(velocity, ScalarCache.of(sgd.momentum())).sub_(gradients, ScalarCache.of(rate));
    } else {
      values.add_(velocity);
    }
  }

  @Override
  public TorchUpdateRule rmsProp(Optimizer.RmsProp rms) {
    // In 32 bits, as in DL4J: 1 - 0.9f is not 0.1f.
    float rho = (float) Optimizer.RmsProp.RHO;
    Tensor squares = state[0];
    return (rate, iteration) -> {
      squares.mul_(ScalarCache.of(rho)).addcmul_(gradients, gradients, ScalarCache.of(1 - rho));
      values.addcdiv_(
          gradients, squares.sqrt().add_(ScalarCache.of(rms.epsilon())), ScalarCache.of(-rate));
    };
  }

  @Override
  public TorchUpdateRule adam(Optimizer.Adam adam) {
    return fusedAdam(adam.beta1(), adam.beta2(), adam.epsilon());
  }

  /** Returns Adam's step; {@link TorchOptimizer} decays the weights before it. */
  @Override
  public TorchUpdateRule adamW(Optimizer.AdamW adam) {
    return fusedAdam(adam.beta1(), adam.beta2(), adam.epsilon());
  }

  private TorchUpdateRule fusedAdam(double beta1, double beta2, double epsilon) {
    return new FusedAdam(values, gradients, state, device, beta1, beta2, epsilon)::step;
  }
}
