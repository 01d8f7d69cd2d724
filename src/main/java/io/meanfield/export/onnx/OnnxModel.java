package io.meanfield.export.onnx;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.input.ModelInput;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model as an ONNX graph: the preprocessing of its inputs, its layers, and its outputs {@code
 * probabilities} or {@code outputs}, {@code label} if the classes have names, and the intervals or
 * sets of the model.
 */
public final class OnnxModel {
  // A file of protocol buffers has less than 2 GiB; the structure of a graph is far below the rest.
  private static final long MAX_WEIGHT_BYTES = Integer.MAX_VALUE - (64L << 20);

  private final Graph graph = new Graph();
  private final NetworkSettings network;

  /**
   * Creates the graph.
   *
   * @param labels the names of the classes; empty if they have none
   * @throws UserException if the model is too large, or if a column has the name of an output
   */
  public OnnxModel(Model model, ModelInput input, List<String> labels) {
    this.network = model.network().settings();
    requireSize(model.state().weights().length);
    String outputs = members(new InputNodes(graph, network).add(input), model.state().weights());
    new OutputNodes(
            graph,
            network,
            model.threshold(),
            model.network().bounds(),
            model.network().intervals())
        .add(outputs, labels);
  }

  private static void requireSize(int weights) {
    if ((long) Float.BYTES * weights > MAX_WEIGHT_BYTES) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "the model has %s weights, but an ONNX file holds at most %s; choose the format npz or"
              + " dl4j",
          weights,
          MAX_WEIGHT_BYTES / Float.BYTES);
    }
  }

  /** Adds the members of an ensemble and returns the mean of their outputs. */
  private String members(String input, float[] weights) {
    List<String> outputs =
        IntStream.range(0, network.members())
            .mapToObj(member -> layers(input, weights, member * network.layers().size()))
            .toList();
    return outputs.size() == 1 ? outputs.get(0) : graph.node("Mean", outputs);
  }

  private String layers(String input, float[] weights, int first) {
    ParameterLayout layout = ParameterLayout.of(network);
    List<Shape> shapes = network.shapes();
    String x = input;
    for (int i = 0; i < network.layers().size(); i++) {
      LayerWeights ofLayer = new LayerWeights(layout, weights, first + i);
      x =
          LayerTypes.visit(
              network.layers().get(i), new LayerNodes(graph, ofLayer, x, shapes.get(i)));
    }
    return x;
  }

  /**
   * Returns the content of the file.
   *
   * @param version of the producer
   * @param properties of the model, for its metadata
   */
  public byte[] file(String version, Map<String, String> properties) {
    return graph.model(version, properties);
  }
}
