package io.meanfield.network.keras;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Axis;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * The arrays that Keras' {@code get_weights()} returns for a network, and the index of each of
 * their numbers in the flat weights of {@link ParameterLayout}. Besides the order of dimensions,
 * Keras differs in three ways: it flattens images pixel by pixel, whereas DL4J and LibTorch flatten
 * them channel by channel; the blocks of an LSTM's units are in the order input gate, forget gate,
 * candidate, output gate; and a batch normalisation stores a variance. The bias of an autoencoder's
 * reconstruction, which Keras' Dense lacks, follows the other arrays of its layer.
 */
public final class KerasLayout {
  private final List<KerasArray> arrays = new ArrayList<>();
  private final ParameterLayout layout;

  private KerasLayout(ParameterLayout layout) {
    this.layout = layout;
  }

  /**
   * Returns the arrays of a network.
   *
   * @throws IllegalArgumentException if the shape of an example is not known or a layer cannot
   *     follow the one before it
   */
  public static KerasLayout of(NetworkSettings network) {
    KerasLayout keras = new KerasLayout(ParameterLayout.of(network));
    List<Shape> shapes = network.shapes();
    for (int member = 0; member < network.members(); member++) {
      int first = member * network.layers().size();
      IntUnaryOperator inputOrder = IntUnaryOperator.identity();
      for (int i = 0; i < network.layers().size(); i++) {
        keras.add(first + i, inputOrder);
        inputOrder = network.layers().get(i).outputOrder(shapes.get(i), inputOrder);
      }
    }
    return keras;
  }

  private void add(int layer, IntUnaryOperator inputOrder) {
    layout.of(layer).stream()
        .sorted(Comparator.comparing(Parameter::kind)) // Keras' order of a layer's arrays
        .forEach(parameter -> arrays.add(array(parameter, inputOrder)));
  }

  private static KerasArray array(Parameter parameter, IntUnaryOperator inputOrder) {
    List<Axis> axes = parameter.spec().kerasAxes();
    return new KerasArray(
        parameter,
        axes.stream().map(Axis::size).toList(),
        index -> parameter.offset() + offset(axes, index, inputOrder));
  }

  // The last dimension of a Keras array varies fastest.
  private static int offset(List<Axis> axes, int index, IntUnaryOperator inputOrder) {
    int offset = 0;
    int remainder = index;
    for (int i = axes.size() - 1; i >= 0; i--) {
      Axis axis = axes.get(i);
      offset += axis.offset(remainder % axis.size(), inputOrder);
      remainder /= axis.size();
    }
    return offset;
  }

  /** Returns the arrays in the order of {@code get_weights()}. */
  public List<KerasArray> arrays() {
    return List.copyOf(arrays);
  }

  /** Returns the names and shapes of the arrays. */
  String display() {
    return arrays.stream()
        .map(array -> array.name() + " " + NumpyArray.tuple(array.shape()))
        .collect(Collectors.joining(", "));
  }

  /** Returns how many weights there are. */
  int size() {
    return layout.size();
  }
}
