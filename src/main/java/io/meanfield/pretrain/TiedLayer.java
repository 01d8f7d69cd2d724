package io.meanfield.pretrain;

import io.meanfield.network.Parameter;
import java.util.Arrays;
import java.util.List;

/**
 * A layer of sigmoid units whose weights also compute the inputs from the outputs: {@code h =
 * sigmoid(v W + b)} and {@code v = sigmoid(h W^T + c)}. All weights are one array: W row by row
 * [inputs, units], b and c. Not thread-safe.
 */
final class TiedLayer {
  private final int inputs;
  private final int units;
  private final float[] weights;
  private final float[] transposed; // [units, inputs]

  /** Creates a layer that changes {@code weights} when it learns. */
  TiedLayer(int inputs, int units, float[] weights) {
    this.inputs = inputs;
    this.units = units;
    this.weights = weights;
    this.transposed = transpose(weights, inputs, units);
  }

  /**
   * Returns the weights of a dense layer of a network, with 0 as the biases c of its inputs.
   *
   * @param arrays of the layer: the kernel, which is stored column by column, and the bias
   */
  static float[] of(List<Parameter> arrays, float[] network) {
    Parameter kernel = arrays.get(0);
    int inputs = kernel.shape().get(0);
    int units = kernel.shape().get(1);
    float[] columns = Arrays.copyOfRange(network, kernel.offset(), kernel.end());
    float[] weights =
        Arrays.copyOf(transpose(columns, units, inputs), (inputs + 1) * units + inputs);
    System.arraycopy(network, arrays.get(1).offset(), weights, inputs * units, units);
    return weights;
  }

  /** Writes W and b to the layer of a network. */
  void copyTo(List<Parameter> arrays, float[] network) {
    System.arraycopy(transposed, 0, network, arrays.get(0).offset(), transposed.length);
    System.arraycopy(weights, inputs * units, network, arrays.get(1).offset(), units);
  }

  private static float[] transpose(float[] matrix, int rows, int columns) {
    float[] transposed = new float[rows * columns];
    transpose(matrix, rows, columns, transposed);
    return transposed;
  }

  private static void transpose(float[] matrix, int rows, int columns, float[] transposed) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column];
      }
    }
  }

  int inputs() {
    return inputs;
  }

  int units() {
    return units;
  }

  float[] weights() {
    return weights;
  }

  /** Adds steps to all weights. */
  void add(float[] steps) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] += steps[i];
    }
    transpose(weights, inputs, units, transposed);
  }

  /** Computes the probabilities of the hidden units. */
  void encode(float[] visible, float[] hidden) {
    sums(visible, hidden);
    sigmoid(hidden);
  }

  private void sums(float[] visible, float[] hidden) {
    System.arraycopy(weights, inputs * units, hidden, 0, units);
    addProduct(visible, weights, hidden);
  }

  /** Computes the means of the visible units. */
  void decode(float[] hidden, float[] visible) {
    System.arraycopy(weights, (inputs + 1) * units, visible, 0, inputs);
    addProduct(hidden, transposed, visible);
    sigmoid(visible);
  }

  /** Computes {@code v W}. */
  void multiply(float[] visible, float[] hidden) {
    Arrays.fill(hidden, 0);
    addProduct(visible, weights, hidden);
  }

  private static void addProduct(float[] vector, float[] matrix, float[] sums) {
    for (int row = 0; row < vector.length; row++) {
      float factor = vector[row];
      if (factor != 0) { // most pixels and samples are 0
        int offset = row * sums.length;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += factor * matrix[offset + i];
        }
      }
    }
  }

  private static void sigmoid(float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (float) (1 / (1 + StrictMath.exp(-sums[i])));
    }
  }

  /** Returns the free energy F(v), for which p(v) is proportional to exp(-F(v)). */
  double freeEnergy(float[] visible) {
    float[] sums = new float[units];
    sums(visible, sums);
    double energy = 0;
    for (float sum : sums) {
      energy -= Math.max(sum, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(sum)));
    }
    for (int i = 0; i < inputs; i++) {
      energy -= (double) weights[(inputs + 1) * units + i] * visible[i];
    }
    return energy;
  }
}
