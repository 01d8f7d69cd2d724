package io.meanfield.export.onnx;

import java.util.List;
import onnx.OnnxMl.TensorProto.DataType;

/** Adds conversions of types to a graph. */
final class Casts {
  private Casts() {}

  static String toLong(Graph graph, String x) {
    return cast(graph, x, DataType.INT64);
  }

  static String toFloat(Graph graph, String x) {
    return cast(graph, x, DataType.FLOAT);
  }

  private static String cast(Graph graph, String x, DataType type) {
    return graph.node("Cast", List.of(x), Attributes.integer("to", type.getNumber()));
  }
}
