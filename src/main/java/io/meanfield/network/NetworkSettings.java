package io.meanfield.network;

import io.meanfield.network.Layer.Dense;
import io.meanfield.settings.Section;
import java.util.List;

/**
 * A network in Keras' words.
 *
 * @param input shape of one example; its product is the number of inputs
 * @param layers from input to output, at least one
 */
public record NetworkSettings(
    List<Integer> input, List<Layer> layers, Loss loss, Optimizer optimizer) {

  public static NetworkSettings read(Section network) {
    List<Section> sections = network.sections("layers");
    List<Layer> layers = sections.stream().map(Layer::read).toList();
    NetworkSettings settings =
        new NetworkSettings(
            network.integers("input", 1),
            layers,
            network.choice("loss", Loss.class),
            Optimizer.read(network.section("optimizer")));
    if (!layers.isEmpty()) {
      settings.checkOutput(sections.get(sections.size() - 1));
    }
    return settings;
  }

  private void checkOutput(Section last) {
    Dense output = output();
    if (loss == Loss.CATEGORICAL_CROSSENTROPY && output.activation() != Activation.SOFTMAX) {
      last.expected(
          "activation",
          "softmax in the last layer, because network.loss is categorical_crossentropy");
    }
    if (loss == Loss.BINARY_CROSSENTROPY && output.activation() != Activation.SIGMOID) {
      last.expected(
          "activation", "sigmoid in the last layer, because network.loss is binary_crossentropy");
    }
    if (output.units() < 2) {
      last.expected("dense", "at least 2 in the last layer, one output for each class");
    }
  }

  private Dense output() {
    return (Dense) layers.get(layers.size() - 1);
  }

  public int inputs() {
    return input.stream().reduce(1, Math::multiplyExact);
  }

  public int outputs() {
    return output().units();
  }
}
