package io.meanfield.export.onnx;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.network.Intervals;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OutputBounds;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.util.ArrayList;
import java.util.List;
import onnx.OnnxMl.TensorProto.DataType;

/** Adds the outputs of a model to a graph. */
record OutputNodes(
    Graph graph,
    NetworkSettings network,
    Threshold threshold,
    OutputBounds bounds,
    Intervals intervals) {
  /** The name of outputs that are probabilities. */
  static final String PROBABILITIES = "probabilities";

  /** The name of other outputs. */
  static final String OUTPUTS = "outputs";

  /** The name of the output with the name of the predicted class. */
  static final String LABEL = "label";

  /** Adds the outputs {@code x} of the network, and the label if there are names of classes. */
  void add(String x, List<String> labels) {
    String name = network.loss().givesProbabilities() ? PROBABILITIES : OUTPUTS;
    requireFree(name);
    String outputs = bounded(x);
    graph.output(outputs, name, DataType.FLOAT, List.of(network.outputs()));
    if (!labels.isEmpty()) {
      requireFree(LABEL);
      graph.output(label(x, labels), LABEL, DataType.STRING, List.of());
    }
    IntervalNodes nodes = new IntervalNodes(graph, intervals, network.outputs());
    for (Intervals.Level level : intervals.levels()) {
      if (intervals.scales().isEmpty()) {
        set(nodes.set(outputs, level, predictedClass(outputs)), level);
      } else {
        bound(nodes.bound(outputs, level, "Sub"), PredictedColumns.LOWER, level);
        bound(nodes.bound(outputs, level, "Add"), PredictedColumns.UPPER, level);
      }
    }
  }

  private void bound(String x, String name, Intervals.Level level) {
    String output = name + "_" + level.suffix();
    requireFree(output);
    graph.output(x, output, DataType.FLOAT, List.of(network.outputs()));
  }

  private void set(String x, Intervals.Level level) {
    String output = PredictedColumns.SET + "_" + level.suffix();
    requireFree(output);
    graph.output(x, output, DataType.BOOL, List.of(TaskType.classes(network.outputs())));
  }

  private String bounded(String x) {
    if (bounds.areNone()) {
      return x;
    }
    float[] least = new float[bounds.outputs().size()];
    float[] most = new float[least.length];
    for (int i = 0; i < least.length; i++) {
      least[i] = bounds.outputs().get(i).least();
      most[i] = bounds.outputs().get(i).most();
    }
    String atLeast =
        graph.node("Max", List.of(x, graph.constant(Constants.floats(least, least.length))));
    return graph.node("Min", List.of(atLeast, graph.constant(Constants.floats(most, most.length))));
  }

  private void requireFree(String name) {
    if (graph.hasInput(name)) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "column %s of the table has the name of an output of the ONNX model; rename the column"
              + " and train again",
          name);
    }
  }

  private String label(String x, List<String> labels) {
    List<String> names = new ArrayList<>(labels);
    for (int cls = names.size(); cls < TaskType.classes(network.outputs()); cls++) {
      names.add(Integer.toString(cls)); // a class that no training example had
    }
    return graph.node(
        "Gather", List.of(graph.constant(Constants.strings(names)), predictedClass(x)));
  }

  // As Threshold.predictedClass.
  private String predictedClass(String x) {
    if (network.outputs() > 1 && !threshold.isSet()) {
      return graph.node(
          "ArgMax", List.of(x), Attributes.integer("axis", 1), Attributes.integer("keepdims", 0));
    }
    String last = graph.constant(Constants.longs(new long[] {network.outputs() - 1L}));
    String score = graph.node("Gather", List.of(x, last), Attributes.integer("axis", 1));
    String least = graph.constant(Constants.floats(new float[] {threshold.value()}));
    return Casts.toLong(graph, graph.node("GreaterOrEqual", List.of(score, least)));
  }
}
