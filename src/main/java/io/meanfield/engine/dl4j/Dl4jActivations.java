package io.meanfield.engine.dl4j;

import io.meanfield.network.layers.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Converts activations to DL4J's. */
final class Dl4jActivations {
  private Dl4jActivations() {}

  /** Returns DL4J's activation; for gelu one with a different formula. */
  static IActivation of(Activation activation) {
    return switch (activation) {
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(Activation.LEAKY_RELU_SLOPE);
      case ELU -> new ActivationELU();
      case GELU -> new ActivationGELU(true);
      case SIGMOID -> new ActivationSigmoid();
      case TANH -> new ActivationTanH();
      case SOFTMAX -> new ActivationSoftmax();
      case LINEAR -> new ActivationIdentity();
    };
  }
}
