package io.meanfield.network.torch;

import io.meanfield.network.Activation;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activation functions as LibTorch has them. */
final class Activations {
  private Activations() {}

  static Tensor apply(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> torch.relu(x);
      case LEAKY_RELU -> torch.leaky_relu(x, Scalars.of(Activation.LEAK));
      case ELU -> torch.elu(x);
      case GELU -> torch.gelu(x);
      case SIGMOID -> torch.sigmoid(x);
      case TANH -> torch.tanh(x);
      case SOFTMAX -> torch.softmax(x, 1);
      case LINEAR -> x;
    };
  }

  /**
   * The gradient of the sums from that of the outputs.
   *
   * @param outputs what {@link #apply} made of the sums
   */
  static Tensor backward(Activation activation, Tensor gradient, Tensor sums, Tensor outputs) {
    return switch (activation) {
      case RELU -> torch.threshold_backward(gradient, outputs, Scalars.of(0));
      case LEAKY_RELU ->
          torch.leaky_relu_backward(gradient, sums, Scalars.of(Activation.LEAK), false);
      case ELU ->
          torch.elu_backward(gradient, Scalars.of(1), Scalars.of(1), Scalars.of(1), false, sums);
      case GELU -> torch.gelu_backward(gradient, sums);
      case SIGMOID -> torch.sigmoid_backward(gradient, outputs);
      case TANH -> torch.tanh_backward(gradient, outputs);
      case SOFTMAX -> outputs.mul(gradient.sub(rowSums(gradient.mul(outputs))));
      case LINEAR -> gradient;
    };
  }

  private static Tensor rowSums(Tensor x) {
    return x.sum(new long[] {1}, true, new ScalarTypeOptional());
  }
}
