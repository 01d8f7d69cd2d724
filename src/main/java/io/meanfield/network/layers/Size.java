package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;

/** Height and width of a window, or its strides in both directions. */
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

  /** Reads the strides of a layer; {@code defaultStrides} if they are not set. */
  static Size readStrides(Section layer, Size defaultStrides) {
    return layer.has(LayerSettings.STRIDES) ? read(layer, LayerSettings.STRIDES) : defaultStrides;
  }

  List<Integer> toSettings() {
    return List.of(height, width);
  }
}
