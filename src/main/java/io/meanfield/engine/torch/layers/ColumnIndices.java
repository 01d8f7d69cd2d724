package io.meanfield.engine.torch.layers;

import io.meanfield.network.layers.ColumnEmbeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The indices of one column in the rows of a minibatch.
 *
 * @param single [size]; for a bag, its indices [size, places]
 */
record ColumnIndices(Tensor single, Optional<Bags> bag) {
  /** Returns the indices at the end of rows [size, numbers + inputs], by column. */
  static List<ColumnIndices> of(ColumnEmbeddings layer, Tensor rows) {
    List<ColumnIndices> columns = new ArrayList<>();
    long next = rows.size(1) - layer.inputs();
    for (int i = 0; i < layer.columns(); i++) {
      long places = Math.max(1, layer.bags().get(i));
      Tensor own = rows.narrow(1, next, places).to(torch.ScalarType.Long).contiguous();
      Optional<Tensor> weights =
          layer.isWeighted(i)
              ? Optional.of(rows.narrow(1, next + places, places))
              : Optional.empty();
      columns.add(
          layer.bags().get(i) == 0
              ? new ColumnIndices(own.select(1, 0), Optional.empty())
              : new ColumnIndices(own, Optional.of(Bags.of(own, weights))));
      next += layer.inputs(i);
    }
    return columns;
  }

  /** Returns what the rows have of a matrix [categories, units]. */
  Tensor of(Tensor matrix) {
    return bag.map(indices -> indices.sums(matrix))
        .orElseGet(() -> torch.embedding(matrix, single));
  }

  /**
   * Returns the gradient of a matrix [categories, units].
   *
   * @param delta the gradient of {@link #of}
   */
  Tensor gradient(Tensor delta, int categories) {
    return bag.map(indices -> indices.gradient(delta, categories))
        .orElseGet(() -> torch.embedding_dense_backward(delta, single, categories, -1, false));
  }
}
