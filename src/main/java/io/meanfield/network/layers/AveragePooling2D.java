package io.meanfield.network.layers;

import io.meanfield.settings.Section;

/**
 * Outputs the mean of each window of an image, without padding.
 *
 * @param strides the window's size by default, as in Keras
 */
public record AveragePooling2D(Size pool, Size strides) implements PoolingLayer {
  static final String KEY = "average-pooling2d";

  static AveragePooling2D read(Section layer) {
    Size pool = Size.read(layer, KEY);
    return new AveragePooling2D(pool, Size.readStrides(layer, pool));
  }

  @Override
  public String key() {
    return KEY;
  }
}
