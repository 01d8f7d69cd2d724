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

  /** Steps in time: [steps, features]. */
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

  List<Integer> dimensions();

  /** Returns how many numbers it has. */
  default int count() {
    return dimensions().stream().reduce(1, Math::multiplyExact);
  }

  /**
   * Returns the shape as an image: a square for a row of numbers; for a sequence, its steps are the
   * rows. Empty if a row of numbers is not a square.
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

  /** Returns the shape with one, two or three dimensions. */
  static Shape of(List<Integer> dimensions) {
    return switch (dimensions.size()) {
      case 1 -> new Flat(dimensions.get(0));
      case 2 -> new Sequence(dimensions.get(0), dimensions.get(1));
      case 3 -> new Image(dimensions.get(0), dimensions.get(1), dimensions.get(2));
      default -> throw new IllegalArgumentException("expected 1 to 3 dimensions: " + dimensions);
    };
  }
}
