package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.ColumnEmbeddings;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Replaces the category indices at the end of each row, [size, numbers + indices], by rows of the
 * kernels. The output is [size, numbers + sum of units]. {@link EmbeddedRows} computes the same for
 * networks that are dense otherwise.
 */
final class TorchColumnEmbeddings implements TorchLayer {
  private final int columns;
  private final List<Tensor> kernels;

  TorchColumnEmbeddings(ColumnEmbeddings layer, int number, TorchParameters weights) {
    this.columns = layer.columns();
    this.kernels = weights.kernels(number);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    Tensor indices = indices(input, columns);
    TensorVector parts = new TensorVector(input.narrow(1, 0, input.size(1) - columns));
    for (int i = 0; i < columns; i++) {
      parts.push_back(torch.embedding(kernels.get(i).t(), indices.select(0, i)));
    }
    return torch.cat(parts, 1);
  }

  /** Returns the last {@code columns} numbers of each row as indices [columns, size]. */
  static Tensor indices(Tensor rows, int columns) {
    return rows.narrow(1, rows.size(1) - columns, columns)
        .t()
        .to(torch.ScalarType.Long)
        .contiguous();
  }
}
