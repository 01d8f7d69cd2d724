package io.meanfield.network;

import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.ParameterSpec;
import java.util.List;

/**
 * An array of weights and its position in the flat weights of a network.
 *
 * @param layer from 0
 * @param offset of the first number
 */
public record Parameter(int layer, ParameterSpec spec, int offset) {
  public ParameterKind kind() {
    return spec.kind();
  }

  /** Returns DL4J's shape, with the order in memory that {@link ParameterKind} gives. */
  public List<Integer> shape() {
    return spec.shape();
  }

  /** Returns how many numbers it has. */
  public int count() {
    return spec.count();
  }

  /** Returns the index after the last number. */
  public int end() {
    return offset + count();
  }

  IndexRange range() {
    return new IndexRange(offset, end());
  }
}
