package io.meanfield.export.onnx;

import io.meanfield.data.PixelScale;
import io.meanfield.export.input.ModelInput;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Shape;
import io.meanfield.scorer.InputColumn;
import java.util.List;
import java.util.stream.LongStream;
import onnx.OnnxMl.TensorProto.DataType;

/**
 * Adds the inputs of a model to a graph, and what becomes of them before the first layer. Each
 * method returns the name of the first layer's input.
 */
record InputNodes(Graph graph, NetworkSettings network) implements ModelInput.Visitor<String> {
  String add(ModelInput input) {
    return input.accept(this);
  }

  @Override
  public String pixels(ModelInput.Pixels pixels) {
    String bytes = graph.input(InputColumn.IMAGES, DataType.UINT8, pixels.shape());
    String white = graph.constant(Constants.floats(new float[] {PixelScale.MAX_PIXEL}));
    return arranged(graph.node("Div", List.of(Casts.toFloat(graph, bytes), white)));
  }

  @Override
  public String numbers(ModelInput.Numbers numbers) {
    return arranged(graph.input(InputColumn.FEATURES, DataType.FLOAT, numbers.shape()));
  }

  @Override
  public String columns(ModelInput.Columns columns) {
    String rows = new ColumnNodes(graph).add(columns.encoder());
    long[] shape =
        LongStream.concat(LongStream.of(-1), network.input().stream().mapToLong(Integer::longValue))
            .toArray();
    String dimensions = graph.constant(Constants.longs(shape, shape.length));
    return arranged(graph.node("Reshape", List.of(rows, dimensions)));
  }

  /** Moves channels before height and width; flattens what the first layer takes as rows. */
  private String arranged(String x) {
    Shape shape = network.exampleShape();
    if (shape instanceof Shape.Image) {
      return graph.node(
          "Transpose", List.of(x), Attributes.integers("perm", List.of(0L, 3L, 1L, 2L)));
    }
    return shape instanceof Shape.Flat && network.input().size() > 1
        ? graph.node("Flatten", List.of(x), Attributes.integer("axis", 1))
        : x;
  }
}
