package io.meanfield.network;

import java.util.List;

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
