package io.meanfield.export.onnx;

import io.meanfield.network.ErrorScale;
import io.meanfield.network.Intervals;
import io.meanfield.network.TaskType;
import java.util.List;
import java.util.stream.IntStream;

/** Adds intervals around predicted numbers and sets of classes to a graph. */
record IntervalNodes(Graph graph, Intervals intervals, int width) {
  /**
   * Returns one end of the intervals around the outputs {@code x} of the network, [examples,
   * width].
   *
   * @param operator that moves a prediction by half the width of its interval: Sub or Add
   */
  String bound(String x, Intervals.Level level, String operator) {
    List<String> bounds =
        IntStream.range(0, width).mapToObj(output -> bound(x, level, output, operator)).toList();
    return width == 1 ? bounds.get(0) : graph.node("Concat", bounds, Attributes.integer("axis", 1));
  }

  private String bound(String x, Intervals.Level level, int output, String operator) {
    String prediction =
        width == 1
            ? x
            : graph.node(
                "Gather",
                List.of(x, graph.constant(Constants.longs(new long[] {output}, 1))),
                Attributes.integer("axis", 1));
    String quantile = floats(List.of(level.quantiles().get(output)));
    String radius =
        graph.node("Mul", List.of(quantile, size(prediction, intervals.scales().get(output))));
    return graph.node(operator, List.of(prediction, radius));
  }

  // As ErrorScale.of.
  private String size(String prediction, ErrorScale scale) {
    String first = floats(scale.sizes().subList(0, 1));
    int pieces = scale.at().size() - 1;
    if (pieces == 0) {
      return first;
    }
    List<Double> widths =
        IntStream.range(0, pieces)
            .mapToObj(i -> scale.at().get(i + 1) - scale.at().get(i))
            .toList();
    List<Double> slopes = IntStream.range(0, pieces).mapToObj(scale::slope).toList();
    String behind = graph.node("Sub", List.of(prediction, floats(scale.at().subList(0, pieces))));
    String least = graph.node("Max", List.of(behind, floats(List.of(0.0))));
    String within = graph.node("Min", List.of(least, floats(widths)));
    String rises = graph.node("Mul", List.of(within, floats(slopes)));
    String sum =
        graph.node(
            "ReduceSum",
            List.of(rises, graph.constant(Constants.longs(new long[] {1}, 1))),
            Attributes.integer("keepdims", 1));
    return graph.node("Add", List.of(first, sum));
  }

  private String floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return graph.constant(Constants.floats(floats, floats.length));
  }

  /**
   * Returns which classes belong to the sets, [examples, classes].
   *
   * @param x the outputs of the network
   * @param predicted the predicted classes, [examples]
   */
  String set(String x, Intervals.Level level, String predicted) {
    String least = graph.constant(Constants.floats(new float[] {level.leastScore()}, 1));
    String isLarge = graph.node("GreaterOrEqual", List.of(scores(x), least));
    String column =
        graph.node(
            "Unsqueeze", List.of(predicted, graph.constant(Constants.longs(new long[] {1}, 1))));
    int classes = TaskType.classes(width);
    long[] numbers = IntStream.range(0, classes).asLongStream().toArray();
    String isPredicted =
        graph.node("Equal", List.of(column, graph.constant(Constants.longs(numbers, classes))));
    return graph.node("Or", List.of(isLarge, isPredicted));
  }

  // A single output belongs to class 1.
  private String scores(String x) {
    if (width > 1) {
      return x;
    }
    String other =
        graph.node("Sub", List.of(graph.constant(Constants.floats(new float[] {1}, 1)), x));
    return graph.node("Concat", List.of(other, x), Attributes.integer("axis", 1));
  }
}
