package io.meanfield.network.layers;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * A layer of a network, with Keras' name and meaning. Each implementation is a record that holds
 * everything about the layer that does not depend on an engine; an engine computes it in its {@link
 * LayerVisitor}. {@link LayerTypes} lists all of them.
 */
public interface Layer extends Serializable {
  /**
   * Returns the settings from which {@link LayerTypes#read} reads it: the layer's key first, then
   * its options.
   */
  Map<String, Object> toSettings();

  /** Returns the shape of the layer's output; empty if the layer cannot follow {@code input}. */
  Optional<Shape> outputShape(Shape input);

  /** Describes the required input; completes the sentence "the layer needs …". */
  String inputRequirement();

  /**
   * Returns the arrays of weights, in the order in which DL4J stores them.
   *
   * @param input a shape that the layer can follow
   */
  default List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /** Returns the shape in which the layer takes an example of {@code input} if it is the first. */
  default Shape exampleShape(Shape input) {
    return input;
  }

  /**
   * Returns the numbers that the layer accepts from an example. A layer that does not accept every
   * number can only be the first layer.
   */
  default AcceptedInputs acceptedInputs() {
    return AcceptedInputs.ANY;
  }

  /**
   * Maps the index of a number in Keras' output of the layer, within one example, to its index in
   * the engines' output. The two differ only after an image has been flattened.
   *
   * @param inputOrder the same mapping for the layer's input
   */
  default IntUnaryOperator outputOrder(Shape input, IntUnaryOperator inputOrder) {
    return IntUnaryOperator.identity();
  }

  /** Returns the function that is applied to the layer's sums. */
  default Activation activation() {
    return Activation.LINEAR;
  }

  /** Returns the factor of the penalty {@code l2 * sum(W^2)} on the layer's kernels; 0 for none. */
  default double l2() {
    return 0;
  }

  /** Returns the layer if it is dense, the only kind that can be last; else empty. */
  default Optional<Dense> asDense() {
    return Optional.empty();
  }

  /**
   * Returns the fraction of its inputs that is set to 0 in pre-training; empty if the layer cannot
   * be pre-trained.
   */
  default OptionalDouble pretrainingCorruption() {
    return OptionalDouble.empty();
  }

  /** Returns the layer as it is written in settings, without an {@code l2} of 0. */
  default String display() {
    return toSettings().entrySet().stream()
        .filter(entry -> !(entry.getKey().equals(LayerSettings.L2) && l2() == 0))
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
