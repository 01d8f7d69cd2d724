package io.meanfield.export.onnx;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.AveragePooling2D;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.LayerVisitor;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.PiecewiseLinear;
import io.meanfield.network.layers.Scaling;
import io.meanfield.network.layers.Shape;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.OnnxMl.AttributeProto;

/**
 * Adds one layer to a graph, as it computes outside of training. Rows are [examples, numbers],
 * images [examples, channels, height, width], sequences [examples, steps, features]. Each method
 * returns the name of the layer's output.
 *
 * @param x the name of the layer's input
 * @param shape of the input for one example
 */
record LayerNodes(Graph graph, LayerWeights weights, String x, Shape shape)
    implements LayerVisitor<String> {
  @Override
  public String dense(Dense dense) {
    return fullyConnected(dense.units(), dense.activation());
  }

  // A kernel [inputs, units] in 'f' order has the bytes of [units, inputs] in 'c' order.
  private String fullyConnected(int units, Activation activation) {
    String kernel =
        graph.constant(Constants.floats(weights.of(ParameterKind.KERNEL), units, shape.count()));
    String sums =
        graph.node(
            "Gemm",
            List.of(x, kernel, vector(ParameterKind.BIAS)),
            Attributes.integer("transB", 1));
    return ActivationNodes.add(graph, activation, sums);
  }

  private String vector(ParameterKind kind) {
    return floats(weights.of(kind));
  }

  @Override
  public String conv2D(Conv2D convolution) {
    Shape.Image image = (Shape.Image) shape;
    String kernels =
        graph.constant(
            Constants.floats(
                weights.of(ParameterKind.KERNEL),
                convolution.filters(),
                image.channels(),
                convolution.kernel().height(),
                convolution.kernel().width()));
    String sums =
        graph.node(
            "Conv",
            List.of(x, kernels, vector(ParameterKind.BIAS)),
            sizes("kernel_shape", convolution.kernel()),
            sizes("strides", convolution.strides()),
            Attributes.integers("pads", pads(convolution, image)));
    return ActivationNodes.add(graph, convolution.activation(), sums);
  }

  /** Returns the rows and columns of zeros at the top, left, bottom and right. */
  private static List<Long> pads(Conv2D convolution, Shape.Image image) {
    return switch (convolution.padding()) {
      case VALID -> List.of(0L, 0L, 0L, 0L);
      case SAME -> {
        Size kernel = convolution.kernel();
        Size strides = convolution.strides();
        long rows = padding(image.height(), kernel.height(), strides.height());
        long columns = padding(image.width(), kernel.width(), strides.width());
        yield List.of(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
      }
    };
  }

  private static long padding(int size, int window, int stride) {
    int outputSize = (size + stride - 1) / stride;
    return Math.max(0, (outputSize - 1) * stride + window - size);
  }

  private static AttributeProto sizes(String name, Size size) {
    return Attributes.integers(name, List.of((long) size.height(), (long) size.width()));
  }

  @Override
  public String maxPooling2D(MaxPooling2D pooling) {
    return pooling("MaxPool", pooling.pool(), pooling.strides());
  }

  @Override
  public String averagePooling2D(AveragePooling2D pooling) {
    return pooling("AveragePool", pooling.pool(), pooling.strides());
  }

  private String pooling(String operator, Size pool, Size strides) {
    return graph.node(operator, List.of(x), sizes("kernel_shape", pool), sizes("strides", strides));
  }

  @Override
  public String flatten(Flatten flatten) {
    return graph.node("Flatten", List.of(x), Attributes.integer("axis", 1));
  }

  @Override
  public String dropout(Dropout dropout) {
    return x;
  }

  @Override
  public String batchNormalization(BatchNormalization normalization) {
    float[] variances = weights.of(ParameterKind.RUNNING_LOG_DEVIATION);
    for (int i = 0; i < variances.length; i++) {
      variances[i] = (float) StrictMath.pow(10, 2 * (double) variances[i]);
    }
    return graph.node(
        "BatchNormalization",
        List.of(
            x,
            vector(ParameterKind.GAMMA),
            vector(ParameterKind.BETA),
            vector(ParameterKind.RUNNING_MEAN),
            graph.constant(Constants.floats(variances, variances.length))),
        Attributes.number("epsilon", normalization.epsilon()));
  }

  @Override
  public String lstm(Lstm lstm) {
    return new RecurrentNodes(graph, weights, (Shape.Sequence) shape).lstm(lstm, x);
  }

  @Override
  public String simpleRnn(SimpleRnn rnn) {
    return new RecurrentNodes(graph, weights, (Shape.Sequence) shape).simpleRnn(rnn, x);
  }

  @Override
  public String embedding(Embedding embedding) {
    return rows(weights.of(ParameterKind.KERNEL), embedding.categories(), embedding.units(), x);
  }

  /** Returns the name of the rows of a matrix in 'f' order, [categories, units], at indices. */
  private String rows(float[] matrix, int categories, int units, String indices) {
    float[] rows = LayerWeights.transposed(matrix, units, categories);
    String kernel = graph.constant(Constants.floats(rows, categories, units));
    return graph.node("Gather", List.of(kernel, Casts.toLong(graph, indices)));
  }

  @Override
  public String columnEmbeddings(ColumnEmbeddings embeddings) {
    int numbers = shape.count() - embeddings.inputs();
    List<String> parts = new ArrayList<>();
    if (numbers > 0) {
      parts.add(columns(LongStream.range(0, numbers).toArray(), numbers));
    }
    List<float[]> matrices = weights.all(ParameterKind.KERNEL);
    int next = numbers;
    for (int i = 0; i < embeddings.columns(); i++) {
      int categories = embeddings.categories().get(i);
      int units = embeddings.units().get(i);
      int places = embeddings.bags().get(i);
      parts.add(
          places == 0
              ? rows(matrices.get(i), categories, units, columns(new long[] {next}))
              : bag(
                  matrices.get(i),
                  categories,
                  units,
                  places(next, places),
                  embeddings.isWeighted(i)
                      ? Optional.of(places(next + places, places))
                      : Optional.empty()));
      next += embeddings.inputs(i);
    }
    return graph.node("Concat", parts, Attributes.integer("axis", 1));
  }

  private String places(int first, int count) {
    return columns(LongStream.range(first, first + count).toArray(), count);
  }

  /**
   * Returns the name of the sums of the rows at the indices of bags, as ColumnEmbeddings has it.
   *
   * @param weights the name of the weights of the indices; empty if they have none
   */
  private String bag(
      float[] matrix, int categories, int units, String indices, Optional<String> weights) {
    float[] used = matrix.clone();
    for (int unit = 0; unit < units; unit++) {
      used[unit * categories] = 0; // index 0 is none
    }
    String axis = graph.constant(Constants.longs(new long[] {1}, 1));
    String plain = rows(used, categories, units, indices);
    String rows = weights.map(each -> weighted(plain, each)).orElse(plain);
    String sums = graph.node("ReduceSum", List.of(rows, axis), Attributes.integer("keepdims", 0));
    String present = graph.node("Clip", List.of(indices, scalar(0), scalar(1)));
    String counts =
        graph.node("ReduceSum", List.of(present, axis), Attributes.integer("keepdims", 1));
    String roots = graph.node("Sqrt", List.of(graph.node("Max", List.of(counts, scalar(1)))));
    return graph.node("Div", List.of(sums, roots));
  }

  private String weighted(String rows, String weights) {
    String last = graph.constant(Constants.longs(new long[] {2}, 1));
    return graph.node("Mul", List.of(rows, graph.node("Unsqueeze", List.of(weights, last))));
  }

  @Override
  public String piecewiseLinear(PiecewiseLinear encoding) {
    String above =
        graph.node("Sub", List.of(columns(encoding.binInputs()), floats(encoding.lowerEdges())));
    String scaled = graph.node("Mul", List.of(above, floats(encoding.slopes())));
    String bins = graph.node("Clip", List.of(scaled, scalar(0), scalar(1)));
    int[] others = encoding.otherInputs(shape.count());
    return others.length == 0
        ? bins
        : graph.node("Concat", List.of(bins, columns(others)), Attributes.integer("axis", 1));
  }

  @Override
  public String scaling(Scaling scaling) {
    return graph.node("Mul", List.of(x, vector(ParameterKind.SCALE)));
  }

  private String columns(int[] indices) {
    return columns(IntStream.of(indices).asLongStream().toArray(), indices.length);
  }

  private String floats(float[] values) {
    return graph.constant(Constants.floats(values, values.length));
  }

  private String scalar(float value) {
    return graph.constant(Constants.floats(new float[] {value}));
  }

  /** Returns the name of the inputs at some indices; one index without a shape gives a vector. */
  private String columns(long[] indices, long... indexShape) {
    return graph.node(
        "Gather",
        List.of(x, graph.constant(Constants.longs(indices, indexShape))),
        Attributes.integer("axis", 1));
  }
}
