package io.meanfield.network.layers;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One dimension of a Keras array.
 *
 * @param size how many numbers there are along it
 * @param stride between neighbours along it in our flat weights
 */
public record Axis(int size, int stride, Order order) {
  /** The order along an axis in our weights, compared with Keras. */
  public sealed interface Order {
    /**
     * Returns our index for Keras' one.
     *
     * @param inputs the same for the inputs of the layer
     */
    int index(int keras, IntUnaryOperator inputs);
  }

  /** The order is Keras'. */
  record Same() implements Order {
    @Override
    public int index(int keras, IntUnaryOperator inputs) {
      return keras;
    }
  }

  /** The axis runs over the layer's inputs and has their order. */
  record OfInputs() implements Order {
    @Override
    public int index(int keras, IntUnaryOperator inputs) {
      return inputs.applyAsInt(keras);
    }
  }

  /**
   * Blocks of equal length have another order.
   *
   * @param blocks our number for each of Keras' blocks
   */
  record Blocks(int length, List<Integer> blocks) implements Order {
    @Override
    public int index(int keras, IntUnaryOperator inputs) {
      return blocks.get(keras / length) * length + keras % length;
    }
  }

  /** Returns an axis in Keras' order, whose neighbours are neighbours in ours. */
  static Axis of(int size) {
    return new Axis(size, 1, new Same());
  }

  /** Returns an axis that runs over the layer's inputs. */
  static Axis ofInputs(int size) {
    return new Axis(size, 1, new OfInputs());
  }

  /** Returns an axis of blocks of {@code length}, of which {@code blocks} gives our numbers. */
  static Axis ofBlocks(int length, List<Integer> blocks) {
    return new Axis(length * blocks.size(), 1, new Blocks(length, blocks));
  }

  Axis withStride(int distance) {
    return new Axis(size, distance, order);
  }

  /** Returns the distance in our weights from the first number along the axis. */
  public int place(int keras, IntUnaryOperator inputs) {
    return order.index(keras, inputs) * stride;
  }
}
