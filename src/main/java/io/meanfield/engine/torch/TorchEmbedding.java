package io.meanfield.engine.torch;

import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** LibTorch's embedding on DL4J's matrix, whose columns are stored one after the other. */
final class TorchEmbedding implements TorchLayer {
  private final Tensor columns;

  TorchEmbedding(int number, TorchParameters weights) {
    this.columns = weights.kernel(number, ParameterKind.KERNEL);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return torch.embedding(columns.t(), input.to(torch.ScalarType.Long));
  }
}
