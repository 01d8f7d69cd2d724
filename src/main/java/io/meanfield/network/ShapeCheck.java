package io.meanfield.network;

import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.ParameterSpec;
import io.meanfield.network.layers.Shape;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Checks that each layer of a network can follow the one before it.
 *
 * @param sections the settings of the layers
 * @param statePerWeight how many numbers the optimizer has for a weight
 */
record ShapeCheck(List<Layer> layers, List<Section> sections, int statePerWeight) {
  /**
   * Adds the first layer that cannot follow what is before it to the problems of the settings.
   *
   * @param input the shape of an example
   * @param whereInput the location of {@code network.input}
   */
  void run(Shape input, String whereInput) {
    Shape shape = input;
    double weights = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Section section = sections.get(i);
      if (i > 0 && !layer.acceptedInputs().areAny()) {
        section.mismatch(
            "to be the first layer, because " + layer.acceptedInputs().requirement(),
            "it after " + layers.get(i - 1).display());
        return;
      }
      Optional<Shape> next = layer.outputShape(shape);
      if (next.isEmpty()) {
        String origin = i == 0 ? ", network.input of " + whereInput : "";
        section.mismatch(layer.inputRequirement(), shape.dimensions() + origin);
        return;
      }
      if (!next.get().isCountable()) {
        section.mismatch("to output " + Shape.MAX_COUNT, next.get().dimensions().toString());
        return;
      }
      weights += layer.parameters(shape).stream().mapToDouble(ParameterSpec::size).sum();
      if (weights > maxWeights()) {
        section.mismatch(
            "to leave the network at most " + maxWeights() + " weights", "more with this layer");
        return;
      }
      shape = next.get();
    }
  }

  // The weights, and the optimizer's numbers for them, are arrays.
  private int maxWeights() {
    return Integer.MAX_VALUE / Math.max(1, statePerWeight);
  }
}
