package io.meanfield.network;

import io.meanfield.network.Layer.Dense;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network in Keras' words, with what trains it: all that an engine needs to know.
 *
 * @param input shape of one example, in Keras' order: [numbers], [steps, features] or [height,
 *     width, channels]
 * @param layers from input to output, at least one; the last is Dense
 * @param schedule of the optimizer's learning rate
 */
public record NetworkSettings(
    List<Integer> input,
    List<Layer> layers,
    Loss loss,
    Optimizer optimizer,
    GradientClipping clipping,
    LearningRateSchedule schedule)
    implements Serializable {

  /** A network with a constant learning rate whose gradients are not clipped. */
  public NetworkSettings(List<Integer> input, List<Layer> layers, Loss loss, Optimizer optimizer) {
    this(input, layers, loss, optimizer, new LearningRateSchedule.Constant());
  }

  /** A network whose gradients are not clipped. */
  public NetworkSettings(
      List<Integer> input,
      List<Layer> layers,
      Loss loss,
      Optimizer optimizer,
      LearningRateSchedule schedule) {
    this(input, layers, loss, optimizer, new GradientClipping.None(), schedule);
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
            GradientClipping.read(optimizer),
            LearningRateSchedule.read(optimizer.section("schedule")));
    settings.checkShapes(network, sections);
    if (!layers.isEmpty()) {
      settings.checkOutput(sections.get(sections.size() - 1));
    }
    return settings;
  }

  private void checkShapes(Section network, List<Section> sections) {
    if (input.size() > 3) {
      network.invalid("input", "[numbers], [steps, features] or [height, width, channels]");
      return;
    }
    Shape shape = Shape.of(input);
    for (int i = 0; i < layers.size(); i++) {
      Optional<Shape> next = outputShape(i, shape);
      if (next.isEmpty()) {
        sections.get(i).mismatch(layers.get(i).inputRequirement(), shape.dimensions().toString());
        return;
      }
      shape = next.get();
    }
  }

  private void checkOutput(Section last) {
    if (!(layers.get(layers.size() - 1) instanceof Dense output)) {
      last.mismatch("to be dense, because the outputs are the last layer's", "another layer");
      return;
    }
    if (loss == Loss.CATEGORICAL_CROSSENTROPY && output.activation() != Activation.SOFTMAX) {
      last.invalid(
          "activation",
          "softmax in the last layer, because network.loss is categorical_crossentropy");
    }
    if (loss == Loss.BINARY_CROSSENTROPY && output.activation() != Activation.SIGMOID) {
      last.invalid(
          "activation", "sigmoid in the last layer, because network.loss is binary_crossentropy");
    }
    if (output.activation() == Activation.SOFTMAX && output.units() < 2) {
      last.invalid("dense", "at least 2 in the last layer, one output for each class");
    }
  }

  /** What each layer takes, and behind them what the last one gives. */
  public List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(Shape.of(input));
    for (int i = 0; i < layers.size(); i++) {
      int number = i;
      Shape shape = shapes.get(i);
      shapes.add(
          outputShape(i, shape)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "layer " + number + " cannot follow the shape " + shape)));
    }
    return shapes;
  }

  // The input lies in memory as a row already, whatever its shape.
  private Optional<Shape> outputShape(int layer, Shape shape) {
    return layer == 0 && layers.get(0) instanceof Layer.Flatten
        ? Optional.of(new Shape.Flat(shape.count()))
        : layers.get(layer).outputShape(shape);
  }

  /** The last layer. */
  public Dense output() {
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
