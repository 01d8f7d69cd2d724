package io.meanfield.export.onnx;

import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.Shape;
import io.meanfield.network.layers.SimpleRnn;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds recurrent layers to a graph.
 *
 * @param shape of the input for one example
 */
record RecurrentNodes(Graph graph, LayerWeights weights, Shape.Sequence shape) {
  // For each block of units in ONNX' order (input gate, output gate, forget gate, candidate) its
  // index among DL4J's blocks (candidate, forget gate, output gate, input gate).
  private static final int[] LSTM_BLOCKS = {3, 2, 1, 0};

  /** Returns the name of the output for a sequence {@code x}. */
  String lstm(Lstm lstm, String x) {
    int gates = LSTM_BLOCKS.length * lstm.units();
    float[] bias = reordered(weights.of(ParameterKind.BIAS), lstm.units());
    // ONNX has a second bias, which Keras and DL4J lack.
    float[] biases = new float[2 * gates];
    System.arraycopy(bias, 0, biases, 0, gates);
    List<String> outputs =
        graph.nodes(
            "",
            "LSTM",
            2,
            List.of(
                transposed(x),
                gateKernel(ParameterKind.KERNEL, lstm.units(), shape.features()),
                gateKernel(ParameterKind.RECURRENT_KERNEL, lstm.units(), lstm.units()),
                graph.constant(Constants.floats(biases, 1, biases.length))),
            Attributes.integer("hidden_size", lstm.units()));
    return lstm.returnSequences()
        ? transposed(squeezed(outputs.get(0), 1))
        : squeezed(outputs.get(1), 0);
  }

  /** Exchanges the first two dimensions: ONNX' sequences are [steps, examples, features]. */
  private String transposed(String x) {
    return graph.node("Transpose", List.of(x), Attributes.integers("perm", List.of(1L, 0L, 2L)));
  }

  private String squeezed(String x, int axis) {
    return graph.node("Squeeze", List.of(x, longs(axis)));
  }

  private String longs(long value) {
    return graph.constant(Constants.longs(new long[] {value}, 1));
  }

  // A kernel [inputs, gates x units] in 'f' order has the bytes of [gates x units, inputs] in 'c'
  // order, so a block of units is contiguous.
  private String gateKernel(ParameterKind kind, int units, int inputs) {
    float[] kernel = reordered(weights.of(kind), units * inputs);
    return graph.constant(Constants.floats(kernel, 1, kernel.length / inputs, inputs));
  }

  private static float[] reordered(float[] values, int block) {
    float[] reordered = new float[values.length];
    for (int i = 0; i < LSTM_BLOCKS.length; i++) {
      System.arraycopy(values, LSTM_BLOCKS[i] * block, reordered, i * block, block);
    }
    return reordered;
  }

  /**
   * Returns the name of the output for a sequence {@code x}. The steps are nodes of their own,
   * because ONNX' operator RNN lacks gelu and softmax.
   */
  String simpleRnn(SimpleRnn rnn, String x) {
    String sums = inputSums(rnn.units(), x);
    String recurrent =
        graph.constant(
            Constants.floats(weights.of(ParameterKind.RECURRENT_KERNEL), rnn.units(), rnn.units()));
    List<String> states = new ArrayList<>();
    for (int step = 0; step < shape.steps(); step++) {
      String sum = stepOf(sums, step);
      states.add(
          ActivationNodes.add(
              graph,
              rnn.activation(),
              step == 0 ? sum : added(states.get(step - 1), recurrent, sum)));
    }
    return rnn.returnSequences() ? stacked(states) : states.get(shape.steps() - 1);
  }

  private String inputSums(int units, String x) {
    float[] kernel =
        LayerWeights.transposed(weights.of(ParameterKind.KERNEL), units, shape.features());
    String product =
        graph.node(
            "MatMul",
            List.of(x, graph.constant(Constants.floats(kernel, shape.features(), units))));
    String bias = graph.constant(Constants.floats(weights.of(ParameterKind.BIAS), units));
    return graph.node("Add", List.of(product, bias));
  }

  private String stepOf(String sums, int step) {
    String index = graph.constant(Constants.longs(new long[] {step}));
    return graph.node("Gather", List.of(sums, index), Attributes.integer("axis", 1));
  }

  private String added(String state, String recurrent, String sum) {
    return graph.node("Gemm", List.of(state, recurrent, sum), Attributes.integer("transB", 1));
  }

  private String stacked(List<String> states) {
    String axis = longs(1);
    List<String> steps =
        states.stream().map(state -> graph.node("Unsqueeze", List.of(state, axis))).toList();
    return graph.node("Concat", steps, Attributes.integer("axis", 1));
  }
}
