package io.meanfield.kernels;

/**
 * The numbers that training multiplies in matrix products and convolutions. Weights, moments,
 * averages and all other arithmetic are 32-bit floats; so is every prediction.
 */
public enum Precision {
  /** Floats of 32 bits. */
  FLOAT32,
  /**
   * Floats whose fraction has 7 bits instead of 23, summed as 32-bit floats (Kalamkar et al. 2019,
   * "A Study of BFLOAT16 for Deep Learning Training").
   */
  BFLOAT16
}
