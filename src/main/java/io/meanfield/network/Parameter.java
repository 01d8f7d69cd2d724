package io.meanfield.network;

import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.ParameterSpec;
import java.util.List;

/**
 * An array of weights and its position in the flat weights of a network.
 *
 * @param layer the layer's number in the network, from 0, as {@link ParameterLayout} counts
 * @param offset the index of the first number in the flat weights
 */
public record Parameter(int layer, ParameterSpec spec, int offset) {
  public ParameterKind kind() {
    return spec.kind();
  }

  /** Returns the number among the layer's arrays of the same kind, from 0. */
  public int number() {
    return spec.number();
  }

  /** Returns DL4J's shape, with the order in memory that {@link ParameterKind} gives. */
  public List<Integer> shape() {
    return spec.shape();
  }

  /** Returns how many numbers the array has. */
  public int count() {
    return spec.count();
  }

  /** Returns the index in the flat weights after the last number. */
  public int end() {
    return offset + count();
  }

  IndexRange range() {
    return new IndexRange(offset, end());
  }
}
