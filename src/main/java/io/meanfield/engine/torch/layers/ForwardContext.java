package io.meanfield.engine.torch.layers;

import io.meanfield.data.PixelScale;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Minibatch;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The context of the forward pass of one minibatch.
 *
 * @param size number of examples
 * @param divisor of the features: 255 if they are the pixels of images, else 1
 * @param training whether the pass is part of a training step: only then does dropout set numbers
 *     to 0, and does batch normalisation use the statistics of the minibatch
 * @param precision of the products
 * @param key of the random numbers: the minibatch's; 0 in prediction, which draws none
 * @param deferred changes of running statistics, which run after the backward pass: the statistics
 *     are views of the flat weights, and LibTorch refuses a backward pass through weights that have
 *     changed since the forward pass
 */
public record ForwardContext(
    int size,
    int divisor,
    boolean training,
    Precision precision,
    long key,
    List<Runnable> deferred) {
  public static ForwardContext training(Minibatch batch, Precision precision) {
    return new ForwardContext(
        batch.size(), divisor(batch), true, precision, batch.key(), new ArrayList<>());
  }

  public static ForwardContext predicting(Minibatch batch) {
    return new ForwardContext(batch.size(), divisor(batch), false, Precision.FLOAT32, 0, List.of());
  }

  /** Returns an input of a product or a convolution in the precision of the pass. */
  Tensor narrowed(Tensor input) {
    return precision == Precision.BFLOAT16 ? input.to(torch.ScalarType.BFloat16) : input;
  }

  /** Returns the biases of a product or a convolution in the precision of the pass. */
  TensorOptional narrowed(TensorOptional bias) {
    return precision == Precision.BFLOAT16 ? new TensorOptional(narrowed(bias.get())) : bias;
  }

  /** Returns the result of a product or a convolution as 32-bit floats. */
  Tensor widened(Tensor result) {
    return precision == Precision.BFLOAT16 ? result.to(torch.ScalarType.Float) : result;
  }

  /** Returns the features as a network takes them: of pixels, numbers from 0 to 1. */
  public Tensor scaled(Tensor features) {
    // On the CPU each quotient is rounded once, so it is bit-identical to PixelScale's value.
    return divisor == 1 ? features : features.div(ScalarCache.of(divisor));
  }

  private static int divisor(Minibatch batch) {
    return batch.holdsImages() ? PixelScale.MAX_PIXEL : 1;
  }
}
