package io.meanfield.evaluate.inspection;

import io.meanfield.network.layers.Shape;

/**
 * An image of one byte a pixel and channel.
 *
 * @param pixels [height, width, channels]
 */
record PixelImage(int height, int width, int channels, byte[] pixels) {
  private static final int WHITE = 255;

  PixelImage {
    if (pixels.length != height * width * channels) {
      throw new IllegalArgumentException(
          height + " x " + width + " x " + channels + " pixels expected, found " + pixels.length);
    }
  }

  /** Returns the image that inputs of a network show; 0 is black and 1 is white. */
  static PixelImage of(Shape.Image shape, float[] inputs) {
    byte[] pixels = new byte[inputs.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(WHITE * Math.max(0, Math.min(1, inputs[i])));
    }
    return new PixelImage(shape.height(), shape.width(), shape.channels(), pixels);
  }
}
