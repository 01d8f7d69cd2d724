package io.meanfield.network.layers;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One dimension of a Keras array.
 *
 * @param size of the dimension
 * @param stride distance in the flat weights between adjacent positions of the dimension
 */
public record Axis(int size, int stride, Order order) {
  /** The order of the numbers along an axis in the flat weights, relative to Keras' order. */
  public sealed interface Order {
    /**
     * Returns the position along the axis in the flat weights of the number that is at {@code
     * kerasIndex} in Keras.
     *
     * @param inputOrder maps the index of an input of the layer in Keras to its index in the
     *     engines
     */
    int index(int kerasIndex, IntUnaryOperator inputOrder);
  }

  /** The same order as in Keras. */
  record Same() implements Order {
    @Override
    public int index(int kerasIndex, IntUnaryOperator inputOrder) {
      return kerasIndex;
    }
  }

  /** The order of the layer's inputs. */
  record OfInputs() implements Order {
    @Override
    public int index(int kerasIndex, IntUnaryOperator inputOrder) {
      return inputOrder.applyAsInt(kerasIndex);
    }
  }

  /**
   * Blocks of equal length in another order than in Keras.
   *
   * @param blocks for each block of Keras, its index among the blocks of the flat weights
   */
  record Blocks(int length, List<Integer> blocks) implements Order {
    @Override
    public int index(int kerasIndex, IntUnaryOperator inputOrder) {
      return blocks.get(kerasIndex / length) * length + kerasIndex % length;
    }
  }

  /** Returns an axis in Keras' order with a stride of 1. */
  static Axis of(int size) {
    return new Axis(size, 1, new Same());
  }

  /** Returns an axis in the order of the layer's inputs with a stride of 1. */
  static Axis ofInputs(int size) {
    return new Axis(size, 1, new OfInputs());
  }

  /**
   * Returns an axis of blocks of {@code length} numbers with a stride of 1.
   *
   * @param blocks as in {@link Blocks}
   */
  static Axis ofBlocks(int length, List<Integer> blocks) {
    return new Axis(length * blocks.size(), 1, new Blocks(length, blocks));
  }

  Axis withStride(int newStride) {
    return new Axis(size, newStride, order);
  }

  /**
   * Returns the distance in the flat weights from the first position along the axis to that of
   * {@code kerasIndex}.
   *
   * @param inputOrder as in {@link Order#index}
   */
  public int offset(int kerasIndex, IntUnaryOperator inputOrder) {
    return order.index(kerasIndex, inputOrder) * stride;
  }
}
