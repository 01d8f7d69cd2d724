package io.meanfield.network.layers;

import java.util.Optional;

/** Computes the output shape of a layer that moves a window over an image. */
final class Window {
  /** The input that such layers need. */
  static final String IMAGE = "an image [height, width, channels]";

  private Window() {}

  /** Returns an image of {@code channels}; empty if the window is larger than the padded input. */
  static Optional<Shape> outputShape(
      Shape.Image image, Size window, Size strides, Padding padding, int channels) {
    int height = positions(image.height(), window.height(), strides.height(), padding);
    int width = positions(image.width(), window.width(), strides.width(), padding);
    return height < 1 || width < 1
        ? Optional.empty()
        : Optional.of(new Shape.Image(height, width, channels));
  }

  private static int positions(int size, int window, int stride, Padding padding) {
    return switch (padding) {
      case SAME -> -Math.floorDiv(-size, stride);
      case VALID -> size < window ? 0 : (size - window) / stride + 1;
    };
  }
}
