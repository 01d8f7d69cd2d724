package io.meanfield.network.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A layer that reduces each window of an image to one number per channel, without padding. */
interface PoolingLayer extends Layer {
  /** Returns the key of the layer, whose value is the size of the window. */
  String key();

  Size pool();

  Size strides();

  @Override
  default Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(key(), pool().toSettings());
    settings.put(LayerSettings.STRIDES, strides().toSettings());
    return settings;
  }

  @Override
  default Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Image image
        ? Window.outputShape(image, pool(), strides(), Padding.VALID, image.channels())
        : Optional.empty();
  }

  @Override
  default String inputRequirement() {
    return Window.IMAGE + " at least as large as its window";
  }
}
