package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.ScalarCache;
import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The indices of a bag in each row of a minibatch, [size, places], of which 0 is none.
 *
 * @param factors for each row, 1 / square root of its indices, [size, 1]
 * @param weights of the indices, [size, places]; empty if all are 1
 */
record Bags(Tensor indices, Tensor factors, Optional<Tensor> weights) {
  private static final long NONE = 0;
  private static final long SUM = 0;
  private static final long[] PLACES = {1};

  /** Returns the bags of rows [size, places] of indices, and of weights if they have some. */
  static Bags of(Tensor indices, Optional<Tensor> weights) {
    Tensor counts =
        indices
            .ne(new Scalar(NONE))
            .sum(PLACES, true, new ScalarTypeOptional(torch.ScalarType.Float));
    return new Bags(indices, counts.clamp_min(ScalarCache.of(1)).rsqrt(), weights);
  }

  /**
   * Returns the weighted sums of rows of a matrix [categories, units], times the factors, [size,
   * units].
   */
  Tensor sums(Tensor matrix) {
    long size = indices.size(0);
    long places = indices.size(1);
    Tensor starts =
        torch.arange(
            new Scalar(0L), new Scalar(size * places), new Scalar(places), indices.options());
    return torch
        .embedding_bag(
            matrix,
            indices.reshape(-1),
            starts,
            false,
            SUM,
            false,
            weights
                .map(each -> new TensorOptional(each.to(matrix.scalar_type()).reshape(-1)))
                .orElseGet(TensorOptional::new),
            false,
            new LongOptional(NONE))
        .get0()
        .mul(factors);
  }

  /**
   * Returns the gradient of the matrix.
   *
   * @param delta the gradient of {@link #sums}
   */
  Tensor gradient(Tensor delta, int categories) {
    Tensor each =
        delta
            .mul(factors)
            .unsqueeze(1)
            .expand(new long[] {indices.size(0), indices.size(1), delta.size(1)});
    Tensor weighted = weights.map(factor -> each.mul(factor.unsqueeze(2))).orElse(each);
    return torch.embedding_dense_backward(weighted, indices, categories, NONE, false);
  }
}
