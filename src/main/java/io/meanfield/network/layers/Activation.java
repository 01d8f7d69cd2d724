package io.meanfield.network.layers;

/** Activation functions, by Keras' names. */
public enum Activation {
  RELU,
  /** {@code x} if positive, else {@code 0.2 x}: the default of Keras 3's {@code leaky_relu}. */
  LEAKY_RELU,
  /** {@code x} if positive, else {@code exp(x) - 1}: Clevert et al. 2016, alpha 1. */
  ELU,
  /**
   * {@code x / 2 (1 + erf(x / sqrt(2)))}: Hendrycks and Gimpel 2016, section 2. DL4J's activation
   * of this name has a different formula.
   */
  GELU,
  /** {@code x tanh(log(1 + exp(x)))}: Misra 2019. */
  MISH,
  /**
   * {@code scale * x} if positive, else {@code scale * alpha * (exp(x) - 1)}: Klambauer et al.
   * 2017, equation 2.
   */
  SELU,
  SIGMOID,
  TANH,
  SOFTMAX,
  LINEAR;

  /** The factors of {@link #SELU}: Klambauer et al. 2017, equation 14. */
  public static final double SELU_ALPHA = 1.6732632423543772;

  public static final double SELU_SCALE = 1.0507009873554805;

  /** The slope of {@link #LEAKY_RELU} below zero. */
  public static final double LEAKY_RELU_SLOPE = 0.2;
}
