package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The mean of each window, without padding. */
public record AveragePooling2D(Size pool, Size strides) implements Layer {
  static final String KEY = "average-pooling2d";

  static AveragePooling2D read(Section layer) {
    return new AveragePooling2D(Size.read(layer, KEY), Size.readStrides(layer, KEY));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, pool.toSettings());
    settings.put(LayerSettings.STRIDES, strides.toSettings());
    return settings;
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return Window.afterPooling(input, pool, strides);
  }

  @Override
  public String inputRequirement() {
    return Window.POOLING_REQUIREMENT;
  }
}
