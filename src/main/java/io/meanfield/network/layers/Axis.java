package io.meanfield.network.layers;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One dimension of a Keras array.
 *
 * @param size of the dimension
 * @param stride between adjacent numbers of the dimension in the flat weights
 */
public record Axis(int size, int stride, Order order) {
  /** The order of the numbers along an axis in the flat weights, relative to Keras' order. */
  public sealed interface Order {
    /**
     * Returns the index in the flat weights for an index in Keras.
     *
     * @param inputs the same mapping for the inputs of the layer
     */
    int index(int keras, IntUnaryOperator inputs);
  }

  /** The same order as in Keras. */
  record Same() implements Order {
    @Override
    public int index(int keras, IntUnaryOperator inputs) {
      return keras;
    }
  }

  /** The order of the layer's inputs. */
  record OfInputs() implements Order {
    @Override
    public int index(int keras, IntUnaryOperator inputs) {
      return inputs.applyAsInt(keras);
    }
  }

  /**
   * A different order of blocks of equal length.
   *
   * @param blocks the number in the flat weights of each of Keras' blocks
   */
  record Blocks(int length, List<Integer> blocks) implements Order {
    @Override
    public int index(int keras, IntUnaryOperator inputs) {
      return blocks.get(keras / length) * length + keras % length;
    }
  }

  /** Returns an axis in Keras' order with a stride of 1. */
  static Axis of(int size) {
    return new Axis(size, 1, new Same());
  }

  /** Returns an axis along the layer's inputs. */
  static Axis ofInputs(int size) {
    return new Axis(size, 1, new OfInputs());
  }

  /** Returns an axis of blocks of {@code length} in the order of {@code blocks}. */
  static Axis ofBlocks(int length, List<Integer> blocks) {
    return new Axis(length * blocks.size(), 1, new Blocks(length, blocks));
  }

  Axis withStride(int distance) {
    return new Axis(size, distance, order);
  }

  /** Returns the offset in the flat weights from the first number along the axis. */
  public int place(int keras, IntUnaryOperator inputs) {
    return order.index(keras, inputs) * stride;
  }
}
