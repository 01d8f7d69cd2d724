package io.meanfield.network.layers;

import java.util.List;
import java.util.Optional;

/** The shape of one example, or of a layer's output for it, in Keras' order. */
public sealed interface Shape {
  /** A row of numbers. */
  record Flat(int size) implements Shape {
    @Override
    public List<Integer> dimensions() {
      return List.of(size);
    }
  }

  /** A sequence of steps in time: [steps, features]. */
  record Sequence(int steps, int features) implements Shape {
    @Override
    public List<Integer> dimensions() {
      return List.of(steps, features);
    }
  }

  /** An image, channels last: [height, width, channels]. */
  record Image(int height, int width, int channels) implements Shape {
    @Override
    public List<Integer> dimensions() {
      return List.of(height, width, channels);
    }
  }

  /** The largest number of elements, for messages. */
  String MAX_COUNT = "at most " + Integer.MAX_VALUE + " numbers for an example";

  /** Returns the sizes of the dimensions. */
  List<Integer> dimensions();

  /** Returns whether an int can hold the number of elements. */
  default boolean isCountable() {
    return Initializer.size(dimensions()) <= Integer.MAX_VALUE;
  }

  /**
   * Returns the number of elements.
   *
   * @throws ArithmeticException if the shape is not {@link #isCountable}
   */
  default int count() {
    return Initializer.count(dimensions());
  }

  /**
   * Returns the shape as an image: a row of numbers becomes a square, and the steps of a sequence
   * become the rows of the image. Empty for a row whose size is not a square number.
   */
  default Optional<Image> image() {
    if (this instanceof Image image) {
      return Optional.of(image);
    }
    if (this instanceof Sequence sequence) {
      return Optional.of(new Image(sequence.steps(), sequence.features(), 1));
    }
    int side = (int) Math.round(Math.sqrt(count()));
    return side * side == count() ? Optional.of(new Image(side, side, 1)) : Optional.empty();
  }

  /**
   * Returns the shape with these dimensions.
   *
   * @throws IllegalArgumentException if there are not one, two or three
   */
  static Shape of(List<Integer> dimensions) {
    return switch (dimensions.size()) {
      case 1 -> new Flat(dimensions.get(0));
      case 2 -> new Sequence(dimensions.get(0), dimensions.get(1));
      case 3 -> new Image(dimensions.get(0), dimensions.get(1), dimensions.get(2));
      default ->
          throw new IllegalArgumentException("expected 1 to 3 dimensions, found " + dimensions);
    };
  }
}
