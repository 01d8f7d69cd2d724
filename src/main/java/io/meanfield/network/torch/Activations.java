package io.meanfield.network.torch;

import io.meanfield.network.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activation functions as LibTorch has them. */
final class Activations {
  private Activations() {}

  static Tensor apply(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> torch.relu(x);
      case LEAKY_RELU -> torch.leaky_relu(x, new Scalar(Activation.LEAK));
      case ELU -> torch.elu(x);
      case GELU -> torch.gelu(x);
      case SIGMOID -> torch.sigmoid(x);
      case TANH -> torch.tanh(x);
      case SOFTMAX -> torch.softmax(x, 1);
      case LINEAR -> x;
    };
  }
}
