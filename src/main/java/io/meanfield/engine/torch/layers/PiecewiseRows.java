package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.network.layers.PiecewiseLinear;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The encoding of a {@link PiecewiseLinear} layer. It is computed on transposed rows, because there
 * the numbers of a column are neighbours in memory.
 */
public final class PiecewiseRows {
  private final Tensor binInputs;
  private final Tensor lowerEdges;
  private final Tensor slopes;
  private final Tensor otherInputs;

  private final int columns;

  public PiecewiseRows(PiecewiseLinear layer, Device device) {
    this.columns = layer.edges().size();
    this.binInputs = indices(layer.binInputs(), device);
    this.lowerEdges = column(layer.lowerEdges(), device);
    this.slopes = column(layer.slopes(), device);
    this.otherInputs = indices(layer.otherInputs(columns), device);
  }

  private static Tensor indices(int[] numbers, Device device) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers[i];
    }
    return column(floats, device).view(floats.length).to(torch.ScalarType.Long);
  }

  private static Tensor column(float[] numbers, Device device) {
    Tensor column = LibTorch.zeros(device, numbers.length, 1);
    if (numbers.length > 0) {
      LibTorch.write(numbers, column);
    }
    return column;
  }

  /**
   * Returns the encoded rows [size, bins + other inputs].
   *
   * @param rows [size, inputs]
   */
  public Tensor of(Tensor rows) {
    Tensor transposed = rows.t().contiguous();
    Tensor bins =
        transposed
            .index_select(0, binInputs)
            .sub(lowerEdges)
            .mul_(slopes)
            .clamp_(new ScalarOptional(ScalarCache.of(0)), new ScalarOptional(ScalarCache.of(1)));
    TensorVector parts =
        new TensorVector(
            bins,
            transposed.index_select(0, otherInputs),
            transposed.narrow(0, columns, rows.size(1) - columns));
    return torch.cat(parts, 0).t();
  }
}
