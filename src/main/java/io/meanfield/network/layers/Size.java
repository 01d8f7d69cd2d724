package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;

/** Height and width of a window or a stride. */
public record Size(int height, int width) implements Serializable {
  static final Size ONE = new Size(1, 1);

  /** Reads [height, width], or [n] for a square. */
  static Size read(Section layer, String key) {
    List<Integer> numbers = layer.integers(key, 1);
    if (numbers.size() > 2) {
      layer.invalid(key, "[height, width]");
    }
    return new Size(numbers.get(0), numbers.get(numbers.size() > 1 ? 1 : 0));
  }

  /** Reads the strides of a pooling layer; as in Keras, they default to the window. */
  static Size readStrides(Section layer, String window) {
    return read(layer, layer.has(LayerSettings.STRIDES) ? LayerSettings.STRIDES : window);
  }

  List<Integer> toSettings() {
    return List.of(height, width);
  }
}
