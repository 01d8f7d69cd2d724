package io.meanfield.network;

import java.util.List;

/**
 * One array of numbers in the flat weights of a network.
 *
 * @param layer from 0
 * @param shape in DL4J's words, with the order in memory that {@link Kind} says
 * @param offset of the first number
 */
public record Parameter(int layer, Kind kind, List<Integer> shape, int offset) {
  /** What it is to its layer. */
  public enum Kind {
    /**
     * [inputs, units], the first dimension running fastest ('f' order); of a convolution [filters,
     * channels, height, width], the last one running fastest ('c' order).
     */
    KERNEL,
    /** [units, gates x units] in 'f' order. */
    RECURRENT_KERNEL,
    BIAS,
    /** Of what an autoencoder says about its inputs; the network's outputs do not depend on it. */
    RECONSTRUCTION_BIAS,
    GAMMA,
    BETA,
    /** The running mean of a batch normalisation: no optimizer moves it. */
    RUNNING_MEAN,
    /** Likewise the decimal logarithm of the running standard deviation. */
    RUNNING_LOG_DEVIATION;

    /** Whether an optimizer moves it. */
    public boolean isTrained() {
      return this != RUNNING_MEAN && this != RUNNING_LOG_DEVIATION;
    }

    /** Whether an L2 penalty is for it. */
    public boolean isKernel() {
      return this == KERNEL || this == RECURRENT_KERNEL;
    }
  }

  /** How many numbers it has. */
  public int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Behind the last number. */
  public int end() {
    return offset + count();
  }

  IndexRange range() {
    return new IndexRange(offset, end());
  }
}
