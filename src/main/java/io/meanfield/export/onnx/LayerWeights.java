package io.meanfield.export.onnx;

import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of one layer, as the flat weights hold them.
 *
 * @param layer the layer's number in the network
 */
record LayerWeights(ParameterLayout layout, float[] weights, int layer) {
  /** Returns the numbers of an array, in the order that {@link ParameterKind} gives. */
  float[] of(ParameterKind kind) {
    return all(kind).get(0);
  }

  /** Returns the numbers of all arrays of a kind, in their order. */
  List<float[]> all(ParameterKind kind) {
    return layout.of(layer).stream()
        .filter(parameter -> parameter.kind() == kind)
        .map(parameter -> Arrays.copyOfRange(weights, parameter.offset(), parameter.end()))
        .toList();
  }

  /** Returns a matrix [rows, columns] in 'c' order as one in 'f' order, or the other way round. */
  static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column];
      }
    }
    return transposed;
  }
}
