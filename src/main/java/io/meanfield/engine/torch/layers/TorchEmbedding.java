package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LibTorch's embedding: replaces category indices [size, steps] by rows of the kernel [categories,
 * units], so the output is [size, steps, units]. DL4J stores the kernel column by column, so the
 * view of it is [units, categories].
 */
final class TorchEmbedding implements TorchLayer {
  private final Tensor kernel;

  TorchEmbedding(int number, TorchParameters weights) {
    this.kernel = weights.kernel(number, ParameterKind.KERNEL);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return torch.embedding(kernel.t(), input.to(torch.ScalarType.Long));
  }
}
