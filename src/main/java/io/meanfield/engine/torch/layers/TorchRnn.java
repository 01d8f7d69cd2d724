package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.SimpleRnn;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A simple recurrent layer, computed step by step, because LibTorch's own supports only tanh and
 * relu. The output is [size, steps, units], or [size, units] of the last step.
 */
final class TorchRnn implements TorchLayer {
  private final Activation activation;
  private final boolean returnSequences;
  private final Tensor kernel;
  private final Tensor recurrentKernel;
  private final TensorOptional bias;

  TorchRnn(SimpleRnn rnn, int number, TorchParameters weights) {
    this.activation = rnn.activation();
    this.returnSequences = rnn.returnSequences();
    this.kernel = weights.kernel(number, ParameterKind.KERNEL);
    this.recurrentKernel = weights.kernel(number, ParameterKind.RECURRENT_KERNEL);
    this.bias = new TensorOptional(weights.vector(number, ParameterKind.BIAS));
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    Tensor sums = torch.linear(pass.narrowed(input), pass.narrowed(kernel), pass.narrowed(bias));
    Tensor transposed = pass.narrowed(recurrentKernel).t();
    Tensor state = Activations.apply(activation, pass.widened(sums.select(1, 0)));
    TensorVector states = new TensorVector(state);
    for (int step = 1; step < input.size(1); step++) {
      Tensor next = torch.addmm(sums.select(1, step), pass.narrowed(state), transposed);
      state = Activations.apply(activation, pass.widened(next));
      states.push_back(state);
    }
    return returnSequences ? torch.stack(states, 1) : state;
  }
}
