package io.meanfield.network.layers;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * A layer of a network, with Keras' name and meaning if Keras has it. Each implementation is a
 * record that holds everything about the layer that does not depend on an engine; an engine
 * computes it in its {@link LayerVisitor}. {@link LayerTypes} lists all of them.
 */
public interface Layer extends Serializable {
  /**
   * Returns the settings from which {@link LayerTypes#read} reads the layer: its key first, then
   * its options.
   */
  Map<String, Object> toSettings();

  /** Returns the shape of the layer's output; empty if the layer does not accept {@code input}. */
  Optional<Shape> outputShape(Shape input);

  /** Describes the required input for error messages: the end of "the layer needs …". */
  String inputRequirement();

  /**
   * Returns the arrays of weights, in the order in which DL4J stores them.
   *
   * @param input a shape that the layer accepts
   */
  default List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /** Returns the shape to which a first layer of this kind converts examples of {@code input}. */
  default Shape exampleShape(Shape input) {
    return input;
  }

  /**
   * Returns the numbers that the layer accepts from an example. A layer that does not accept every
   * number can only be the first layer.
   */
  default AcceptedInputs acceptedInputs() {
    return new AcceptedInputs.Any();
  }

  /**
   * Returns the mapping from an index in Keras' output of the layer to the index of the same number
   * in the engines' output. The index is that of a number of a row, of a channel of an image or of
   * a feature of a sequence. The two indices differ only after an image has been flattened.
   *
   * @param inputOrder the same mapping for the layer's input
   */
  default IntUnaryOperator outputOrder(Shape input, IntUnaryOperator inputOrder) {
    return IntUnaryOperator.identity();
  }

  /**
   * Returns the activation that the settings of the layer name; {@link Activation#LINEAR} for a
   * layer without this setting.
   */
  default Activation activation() {
    return Activation.LINEAR;
  }

  /** Returns the factor of the penalty {@code l2 * sum(W^2)} on the layer's kernels; 0 for none. */
  default double l2() {
    return 0;
  }

  /** Returns the layer if it is dense, the only kind that can be the last layer; else empty. */
  default Optional<Dense> asDense() {
    return Optional.empty();
  }

  /** Returns the layer as it is written in settings, without an {@code l2} of 0. */
  default String display() {
    return toSettings().entrySet().stream()
        .filter(entry -> !(entry.getKey().equals(LayerSettings.L2) && l2() == 0))
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
