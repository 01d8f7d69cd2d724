package io.meanfield.export.onnx;

import io.meanfield.network.layers.Activation;
import java.util.List;

/** Adds activation functions to a graph. */
final class ActivationNodes {
  private ActivationNodes() {}

  /** Returns the name of the activations of {@code sums}; softmax is over the last dimension. */
  static String add(Graph graph, Activation activation, String sums) {
    List<String> input = List.of(sums);
    return switch (activation) {
      case RELU -> graph.node("Relu", input);
      case LEAKY_RELU ->
          graph.node("LeakyRelu", input, Attributes.number("alpha", Activation.LEAKY_RELU_SLOPE));
      case ELU -> graph.node("Elu", input, Attributes.number("alpha", 1));
      case GELU -> gelu(graph, sums);
      case MISH -> mish(graph, sums);
      case SELU ->
          graph.node(
              "Selu",
              input,
              Attributes.number("alpha", Activation.SELU_ALPHA),
              Attributes.number("gamma", Activation.SELU_SCALE));
      case SIGMOID -> graph.node("Sigmoid", input);
      case TANH -> graph.node("Tanh", input);
      case SOFTMAX -> graph.node("Softmax", input, Attributes.integer("axis", -1));
      case LINEAR -> sums;
    };
  }

  // The operator Gelu is newer than operator set 17.
  private static String gelu(Graph graph, String x) {
    String scaled = graph.node("Mul", List.of(x, scalar(graph, Math.sqrt(0.5))));
    String erf = graph.node("Erf", List.of(scaled));
    String gate = graph.node("Add", List.of(erf, scalar(graph, 1)));
    String half = graph.node("Mul", List.of(x, scalar(graph, 0.5)));
    return graph.node("Mul", List.of(half, gate));
  }

  // The operator Mish is newer than operator set 17.
  private static String mish(Graph graph, String x) {
    String softplus = graph.node("Softplus", List.of(x));
    return graph.node("Mul", List.of(x, graph.node("Tanh", List.of(softplus))));
  }

  private static String scalar(Graph graph, double value) {
    return graph.constant(Constants.floats(new float[] {(float) value}));
  }
}
