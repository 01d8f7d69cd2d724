package io.meanfield.network.layers;

import io.meanfield.settings.Section;

/**
 * Outputs the largest number of each window of an image, without padding.
 *
 * @param strides the window's size by default, as in Keras
 */
public record MaxPooling2D(Size pool, Size strides) implements PoolingLayer {
  static final String KEY = "max-pooling2d";

  static MaxPooling2D read(Section layer) {
    Size pool = Size.read(layer, KEY);
    return new MaxPooling2D(pool, Size.readStrides(layer, pool));
  }

  @Override
  public String key() {
    return KEY;
  }
}
