package io.meanfield.network.layers;

import java.util.List;
import java.util.Optional;

/** The shape of one example, or of what a layer makes of it, in Keras' order. */
public sealed interface Shape {
  /** A row of numbers. */
  record Flat(int size) implements Shape {
    @Override
    public List<Integer> dimensions() {
      return List.of(size);
    }
  }

  /** Rows that come one after the other: [steps, features]. */
  record Sequence(int steps, int features) implements Shape {
    @Override
    public List<Integer> dimensions() {
      return List.of(steps, features);
    }
  }

  /** Channels last: [height, width, channels]. */
  record Image(int height, int width, int channels) implements Shape {
    @Override
    public List<Integer> dimensions() {
      return List.of(height, width, channels);
    }
  }

  List<Integer> dimensions();

  /** How many numbers it has. */
  default int count() {
    return dimensions().stream().reduce(1, Math::multiplyExact);
  }

  /**
   * The image whose pixels these numbers are if they are pixels: of a row of numbers, a square one;
   * of a sequence, its steps are the rows. Nothing if there is none.
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

  /** The shape with one, two or three dimensions. */
  static Shape of(List<Integer> dimensions) {
    return switch (dimensions.size()) {
      case 1 -> new Flat(dimensions.get(0));
      case 2 -> new Sequence(dimensions.get(0), dimensions.get(1));
      case 3 -> new Image(dimensions.get(0), dimensions.get(1), dimensions.get(2));
      default -> throw new IllegalArgumentException("expected 1 to 3 dimensions: " + dimensions);
    };
  }
}
