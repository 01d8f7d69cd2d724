package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.ColumnEmbeddings;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Replaces the category indices at the end of each row, [size, numbers + inputs], by rows of the
 * kernels, or sums of them. The output is [size, numbers + sum of units]. {@link EmbeddedRows}
 * computes the same for networks that are dense otherwise.
 */
final class TorchColumnEmbeddings implements TorchLayer {
  private final ColumnEmbeddings layer;
  private final List<Tensor> kernels;

  TorchColumnEmbeddings(ColumnEmbeddings layer, int number, TorchParameters weights) {
    this.layer = layer;
    this.kernels = weights.kernels(number);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    List<ColumnIndices> indices = ColumnIndices.of(layer, input);
    TensorVector parts = new TensorVector(input.narrow(1, 0, input.size(1) - layer.inputs()));
    for (int i = 0; i < kernels.size(); i++) {
      parts.push_back(indices.get(i).of(kernels.get(i).t()));
    }
    return torch.cat(parts, 1);
  }
}
