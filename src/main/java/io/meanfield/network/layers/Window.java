package io.meanfield.network.layers;

import java.util.Optional;

/** The output shapes of a window that moves over an image. */
final class Window {
  static final String POOLING_REQUIREMENT =
      "an image [height, width, channels] at least as large as its window";

  private Window() {}

  static Optional<Shape> afterPooling(Shape input, Size pool, Size strides) {
    return input instanceof Shape.Image image
        ? after(image, pool, strides, Padding.VALID, image.channels())
        : Optional.empty();
  }

  static Optional<Shape> after(
      Shape.Image image, Size window, Size strides, Padding padding, int channels) {
    int height = steps(image.height(), window.height(), strides.height(), padding);
    int width = steps(image.width(), window.width(), strides.width(), padding);
    return height < 1 || width < 1
        ? Optional.empty()
        : Optional.of(new Shape.Image(height, width, channels));
  }

  private static int steps(int size, int window, int stride, Padding padding) {
    return switch (padding) {
      case SAME -> -Math.floorDiv(-size, stride);
      case VALID -> size < window ? 0 : (size - window) / stride + 1;
    };
  }
}
