package io.meanfield.engine.torch;

import io.meanfield.network.layers.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** LibTorch's activation functions. */
final class Activations {
  // LibTorch does not vectorise rows that are shorter than a vector register (AVX-512).
  private static final int NARROW = 16;

  private Activations() {}

  /** Returns the activations of the sums. */
  static Tensor apply(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> torch.relu(x);
      case LEAKY_RELU -> torch.leaky_relu(x, ScalarCache.of(Activation.LEAKY_RELU_SLOPE));
      case ELU -> torch.elu(x);
      case GELU -> torch.gelu(x);
      case SIGMOID -> torch.sigmoid(x);
      case TANH -> torch.tanh(x);
      case SOFTMAX -> softmax(x);
      case LINEAR -> x;
    };
  }

  private static Tensor softmax(Tensor x) {
    return x.size(1) < NARROW ? torch.softmax(x.t(), 0).t().contiguous() : torch.softmax(x, 1);
  }

  /** Returns the activations; overwrites the sums unless the gradient needs them. */
  static Tensor applyInPlace(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> torch.relu_(x);
      case SIGMOID -> torch.sigmoid_(x);
      case TANH -> torch.tanh_(x);
      case LEAKY_RELU, ELU, GELU, SOFTMAX, LINEAR -> apply(activation, x);
    };
  }

  /**
   * Converts the gradient of the outputs to that of the sums, in place.
   *
   * @param sums needed in addition to the outputs for leaky_relu, elu and gelu
   * @param outputs that {@link #apply} returned for the sums
   */
  static void backward(Activation activation, Tensor gradient, Tensor sums, Tensor outputs) {
    switch (activation) {
      case RELU -> torch.threshold_backward_out(gradient, gradient, outputs, ScalarCache.of(0));
      case LEAKY_RELU ->
          torch.leaky_relu_backward_out(
              gradient, gradient, sums, ScalarCache.of(Activation.LEAKY_RELU_SLOPE), false);
      case ELU -> {
        Scalar one = ScalarCache.of(1);
        torch.elu_backward_out(gradient, gradient, one, one, one, false, sums);
      }
      case GELU -> torch.gelu_backward_out(gradient, gradient, sums);
      case SIGMOID -> torch.sigmoid_backward_out(gradient, gradient, outputs);
      case TANH -> torch.tanh_backward_out(gradient, gradient, outputs);
      case SOFTMAX -> gradient.sub_(rowSums(gradient.mul(outputs))).mul_(outputs);
      case LINEAR -> {}
    }
  }

  private static Tensor rowSums(Tensor x) {
    return x.sum(new long[] {1}, true, new ScalarTypeOptional());
  }
}
