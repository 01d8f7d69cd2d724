package io.meanfield.export.onnx;

import io.meanfield.data.encoding.InputNames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import onnx.OnnxMl.AttributeProto;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.OperatorSetIdProto;
import onnx.OnnxMl.StringStringEntryProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.TensorShapeProto;
import onnx.OnnxMl.TypeProto;
import onnx.OnnxMl.ValueInfoProto;

/**
 * A graph of ONNX operators that grows node by node. A tensor is referred to by its name; the names
 * inside the graph begin with a slash and are unique.
 */
final class Graph {
  /** The first dimension of each input and output: the number of examples. */
  static final String EXAMPLES = "examples";

  // Operator set 17 belongs to version 8 of the format (ONNX 1.12).
  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 17;
  private static final String ML = "ai.onnx.ml";
  private static final int ML_OPERATORS = 3;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("meanfield");

  /**
   * Adds an input.
   *
   * @param column whose values it takes
   * @param shape of one example
   * @return its name
   */
  String input(String column, TensorProto.DataType type, List<Integer> shape) {
    String name = InputNames.of(column);
    graph.addInput(value(name, type, shape));
    return name;
  }

  /** Makes a tensor an output of the graph under another name. */
  void output(String tensor, String name, TensorProto.DataType type, List<Integer> shape) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .addInput(tensor)
            .addOutput(name)
            .setName(name));
    graph.addOutput(value(name, type, shape));
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, List<Integer> shape) {
    TensorShapeProto.Builder dimensions =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(EXAMPLES));
    for (int size : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Adds a node with one output; returns the name of the output. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return nodes("", operator, 1, inputs, attributes).get(0);
  }

  /** Adds a node of the operators for classical machine learning; returns the output's name. */
  String mlNode(String operator, List<String> inputs, AttributeProto... attributes) {
    return nodes(ML, operator, 1, inputs, attributes).get(0);
  }

  /** Adds a node with several outputs; returns the names of the outputs. */
  List<String> nodes(
      String domain,
      String operator,
      int outputs,
      List<String> inputs,
      AttributeProto... attributes) {
    String name = "/" + graph.getNodeCount() + "/" + operator;
    List<String> names =
        IntStream.range(0, outputs).mapToObj(i -> i == 0 ? name : name + "/" + i).toList();
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(names)
            .addAllAttribute(Arrays.asList(attributes)));
    return names;
  }

  /** Adds a constant; returns its name. */
  String constant(TensorProto.Builder tensor) {
    String name = "/constant/" + graph.getInitializerCount();
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  /** Returns whether a name is that of an input. */
  boolean hasInput(String name) {
    return graph.getInputList().stream().anyMatch(input -> input.getName().equals(name));
  }

  /** Returns the graph as a model file. */
  byte[] model(String version, Map<String, String> properties) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("meanfield")
            .setProducerVersion(version)
            .addOpsetImport(operators("", OPERATORS))
            .addOpsetImport(operators(ML, ML_OPERATORS))
            .setGraph(graph);
    properties.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private static OperatorSetIdProto operators(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }
}
