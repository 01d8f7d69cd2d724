package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.network.layers.Activation;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** LibTorch's activation functions and their gradients. */
public final class Activations {
  // The floats in a vector register of AVX-512. LibTorch's softmax adds up a shorter row number by
  // number; after transposition it adds up 16 examples at once.
  public static final int VECTOR_WIDTH = 16;

  private Activations() {}

  /**
   * Returns the activations, in the shape of the sums.
   *
   * @param sums of any shape; for softmax [size, units]
   */
  public static Tensor apply(Activation activation, Tensor sums) {
    return switch (activation) {
      case RELU -> torch.relu(sums);
      case LEAKY_RELU -> torch.leaky_relu(sums, ScalarCache.of(Activation.LEAKY_RELU_SLOPE));
      case ELU -> torch.elu(sums);
      case GELU -> torch.gelu(sums);
      case MISH -> mish(sums);
      case SELU -> torch.selu(sums);
      case SIGMOID -> torch.sigmoid(sums);
      case TANH -> torch.tanh(sums);
      case SOFTMAX -> softmax(sums);
      case LINEAR -> sums;
    };
  }

  // x tanh(log(1 + e^x)) = x (2 / (1 + s^2) - 1) with s = sigmoid(-x): one exponential, where
  // LibTorch's mish takes three transcendental functions and four times as long.
  private static Tensor mish(Tensor sums) {
    Tensor negated = sums.neg();
    Tensor sigmoid = torch.sigmoid(negated);
    // Autograd needs the values of sigmoid, and not those that are overwritten.
    return negated.addcdiv_(sums, sigmoid.mul(sigmoid).add_(ScalarCache.of(1)), ScalarCache.of(2));
  }

  private static Tensor softmax(Tensor sums) {
    return sums.size(1) < VECTOR_WIDTH
        ? torch.softmax(sums.t(), 0).t().contiguous()
        : torch.softmax(sums, 1);
  }

  /**
   * Returns the activations. For relu, sigmoid and tanh, whose gradients do not need the sums, the
   * activations overwrite the sums.
   */
  public static Tensor applyInPlace(Activation activation, Tensor sums) {
    return switch (activation) {
      case RELU -> torch.relu_(sums);
      case SIGMOID -> torch.sigmoid_(sums);
      case TANH -> torch.tanh_(sums);
      case LEAKY_RELU, ELU, GELU, MISH, SELU, SOFTMAX, LINEAR -> apply(activation, sums);
    };
  }

  /**
   * Converts the gradient of the outputs to that of the sums, in place.
   *
   * @param sums read for leaky_relu, elu, gelu, mish and selu only
   * @param outputs that {@link #apply} or {@link #applyInPlace} returned for the sums; read for the
   *     activations that do not read the sums, except linear
   */
  public static void backward(Activation activation, Tensor gradient, Tensor sums, Tensor outputs) {
    switch (activation) {
      case RELU -> torch.threshold_backward_out(gradient, gradient, outputs, ScalarCache.of(0));
      case LEAKY_RELU ->
          torch.leaky_relu_backward_out(
              gradient, gradient, sums, ScalarCache.of(Activation.LEAKY_RELU_SLOPE), false);
      case ELU -> eluBackward(gradient, sums, 1, 1);
      case SELU -> eluBackward(gradient, sums, Activation.SELU_ALPHA, Activation.SELU_SCALE);
      case MISH -> mishBackward(gradient, sums);
      case GELU -> torch.gelu_backward_out(gradient, gradient, sums);
      case SIGMOID -> torch.sigmoid_backward_out(gradient, gradient, outputs);
      case TANH -> torch.tanh_backward_out(gradient, gradient, outputs);
      case SOFTMAX -> gradient.sub_(rowSums(gradient.mul(outputs))).mul_(outputs);
      case LINEAR -> {}
    }
  }

  private static void mishBackward(Tensor gradient, Tensor sums) {
    Mish mish = new Mish(sums, gradient);
    mish.forward();
    mish.backward();
  }

  private static void eluBackward(Tensor gradient, Tensor sums, double alpha, double scale) {
    torch.elu_backward_out(
        gradient,
        gradient,
        ScalarCache.of(alpha),
        ScalarCache.of(scale),
        ScalarCache.of(1),
        false,
        sums);
  }

  private static Tensor rowSums(Tensor matrix) {
    return matrix.sum(new long[] {1}, true, new ScalarTypeOptional());
  }
}
