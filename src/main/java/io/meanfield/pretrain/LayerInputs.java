package io.meanfield.pretrain;

import io.meanfield.data.Examples;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;

/** The inputs of a layer: the outputs of the layers below it for an example. Not thread-safe. */
final class LayerInputs {
  private final List<TiedLayer> layers;
  private final List<float[]> outputs = new ArrayList<>();

  /**
   * Creates the inputs.
   *
   * @param width number of inputs of the network
   * @param layers from the first to the last below
   */
  LayerInputs(int width, List<TiedLayer> layers) {
    this.layers = layers;
    outputs.add(new float[width]);
    layers.forEach(layer -> outputs.add(new float[layer.units()]));
  }

  /**
   * Returns the inputs for an example; the array is used again for the next one.
   *
   * @throws UserException if the example has a number outside of 0 to 1
   */
  float[] of(Examples examples, int row) {
    float[] example = outputs.get(0);
    examples.features().write(row, example, 0);
    for (float number : example) {
      if (!(number >= 0 && number <= 1)) {
        throw UserException.of(
            ErrorCode.DATA_UNREADABLE,
            "expected numbers from 0 to 1, because pretrain.method is set, found %s in example %s;"
                + " set pretrain.method = none",
            number,
            examples.displayName(row));
      }
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).encode(outputs.get(i), outputs.get(i + 1));
    }
    return outputs.get(layers.size());
  }
}
