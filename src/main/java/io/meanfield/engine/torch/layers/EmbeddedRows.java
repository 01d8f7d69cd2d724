package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.Parameter;
import io.meanfield.network.layers.ColumnEmbeddings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The forward and the backward pass through column embeddings, before dense layers. Computes the
 * same as autograd of {@link TorchColumnEmbeddings}, but in reused buffers, and without the
 * gradients of the numbers, which nothing needs.
 */
public final class EmbeddedRows {
  private final ColumnEmbeddings layer;
  private final Device device;
  private final List<Matrix> matrices = new ArrayList<>();
  private final int numbers;
  private final int width;
  private final Map<Integer, Buffers> buffers = new HashMap<>();
  private List<ColumnIndices> indices = List.of();
  private Buffers current;

  /**
   * The matrix of a column and its gradient, as views [categories, units].
   *
   * @param first the first of the output's embedded numbers that it gives
   */
  private record Matrix(Tensor values, Tensor gradient, int first, int categories, int units) {}

  /**
   * The buffers for one size of minibatch.
   *
   * @param rows the output [size, numbers + width]
   * @param rowNumbers the numbers of {@code rows}
   * @param rowColumns the embedded numbers of {@code rows}, by column
   * @param gradient of the embedded numbers [size, width]
   * @param gradientColumns the same, by column
   */
  private record Buffers(
      Tensor rows,
      Tensor rowNumbers,
      List<Tensor> rowColumns,
      Tensor gradient,
      List<Tensor> gradientColumns) {}

  /**
   * Creates the pass for a first layer.
   *
   * @param inputs the numbers and indices of an example
   */
  public EmbeddedRows(ColumnEmbeddings layer, int inputs, TorchParameters weights, Device device) {
    this.layer = layer;
    this.device = device;
    this.numbers = inputs - layer.inputs();
    this.width = layer.width();
    int first = 0;
    for (Parameter parameter : weights.layout().of(0)) {
      int categories = parameter.shape().get(0);
      int units = parameter.shape().get(1);
      matrices.add(
          new Matrix(
              weights.values(parameter).view(units, categories).t(),
              weights.gradients(parameter).view(units, categories).t(),
              first,
              categories,
              units));
      first += units;
    }
    this.current = allocate(1);
    buffers.put(1, current);
  }

  private Buffers allocate(int size) {
    // The PointerScope of the current step frees all tensors that are not retained.
    Tensor rows = LibTorch.zeros(device, size, (long) numbers + width).retainReference();
    Tensor gradient = LibTorch.zeros(device, size, width).retainReference();
    return new Buffers(
        rows,
        rows.narrow(1, 0, numbers).retainReference(),
        columns(rows, numbers),
        gradient,
        columns(gradient, 0));
  }

  private List<Tensor> columns(Tensor rows, int offset) {
    List<Tensor> columns = new ArrayList<>();
    for (Matrix matrix : matrices) {
      columns.add(rows.narrow(1, (long) offset + matrix.first(), matrix.units()).retainReference());
    }
    return columns;
  }

  /**
   * Returns the rows with embedded numbers in place of indices, [size, numbers + width]; the next
   * call overwrites them.
   *
   * @param features [size, numbers + indices]
   */
  public Tensor forward(Tensor features, ForwardContext pass) {
    Tensor scaled = pass.scaled(features);
    current = buffers.computeIfAbsent(pass.size(), this::allocate);
    current.rowNumbers().copy_(scaled.narrow(1, 0, numbers));
    indices = ColumnIndices.of(layer, scaled);
    for (int i = 0; i < matrices.size(); i++) {
      current.rowColumns().get(i).copy_(indices.get(i).of(matrices.get(i).values()));
    }
    return current.rows();
  }

  /**
   * Overwrites the gradients of the matrices, in the step of the last call of {@link #forward}.
   *
   * @param delta the gradient of the next layer's sums [size, units]
   * @param kernel of the next layer [units, inputs], whose last inputs are the embedded numbers
   */
  public void backward(Tensor delta, Tensor kernel) {
    torch.mm_out(current.gradient(), delta, kernel.narrow(1, kernel.size(1) - width, width));
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      matrix
          .gradient()
          .copy_(indices.get(i).gradient(current.gradientColumns().get(i), matrix.categories()));
    }
  }
}
