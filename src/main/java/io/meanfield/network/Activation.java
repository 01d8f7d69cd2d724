package io.meanfield.network;

/** Activation functions, by Keras' names. */
public enum Activation {
  RELU,
  SIGMOID,
  TANH,
  SOFTMAX,
  LINEAR
}
