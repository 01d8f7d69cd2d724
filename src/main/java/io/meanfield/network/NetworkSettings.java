package io.meanfield.network;

import io.meanfield.network.Layer.Dense;
import io.meanfield.settings.Section;
import java.util.List;

/**
 * A network in Keras' words.
 *
 * @param input shape of one example; its product is the number of inputs
 * @param layers from input to output, at least one
 * @param schedule of the optimizer's learning rate
 */
public record NetworkSettings(
    List<Integer> input, List<Layer> layers, Loss loss, Optimizer optimizer, Schedule schedule) {

  /** A network with a constant learning rate. */
  public NetworkSettings(List<Integer> input, List<Layer> layers, Loss loss, Optimizer optimizer) {
    this(input, layers, loss, optimizer, new Schedule.Constant());
  }

  public static NetworkSettings read(Section network) {
    List<Section> sections = network.sections("layers");
    List<Layer> layers = sections.stream().map(Layer::read).toList();
    Section optimizer = network.section("optimizer");
    NetworkSettings settings =
        new NetworkSettings(
            network.integers("input", 1),
            layers,
            Loss.read(network),
            Optimizer.read(optimizer),
            Schedule.read(optimizer.section("schedule")));
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
    if (output.activation() == Activation.SOFTMAX && output.units() < 2) {
      last.expected("dense", "at least 2 in the last layer, one output for each class");
    }
  }

  private Dense output() {
    return (Dense) layers.get(layers.size() - 1);
  }

  /** The learning rate of the step that follows {@code iteration} minibatches. */
  public double learningRate(int iteration) {
    return schedule.rate(optimizer.learningRate(), iteration);
  }

  public int inputs() {
    return input.stream().reduce(1, Math::multiplyExact);
  }

  public int outputs() {
    return output().units();
  }
}
