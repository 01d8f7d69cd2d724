package io.meanfield.network.keras;

import io.meanfield.network.Parameter;
import io.meanfield.network.layers.ParameterKind;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One array of Keras' {@code get_weights()}.
 *
 * @param parameter the array in the flat weights that holds the same numbers
 * @param shape in Keras
 * @param flatIndex maps the index of a number in the array, in 'c' order, to its index in the flat
 *     weights
 */
public record KerasArray(Parameter parameter, List<Integer> shape, IntUnaryOperator flatIndex) {
  // A running deviation of 0 has no logarithm; this variance is negligible next to any usual
  // epsilon.
  private static final double SMALLEST_VARIANCE = Float.MIN_NORMAL;

  /**
   * Returns the name of the array in an .npz file: the prefix of its kind, then the layer's number.
   * After the first array of a kind in a layer, the number among them follows: W0, W0_1, W0_2.
   */
  public String name() {
    String first = parameter.kind().prefix() + parameter.layer();
    return parameter.number() == 0 ? first : first + "_" + parameter.number();
  }

  /** Returns Keras' name of the array. */
  public String kerasName() {
    return parameter.kind().kerasName();
  }

  private boolean isVariance() {
    return parameter.kind() == ParameterKind.RUNNING_LOG_DEVIATION;
  }

  /**
   * Returns the array from the flat weights. Variances have double precision, because the flat
   * weights hold decimal logarithms of deviations. After {@link #put} the logarithm of a variance
   * from {@link Float#MIN_NORMAL} to {@link Float#MAX_VALUE} is bit-identical, unless the deviation
   * differs from 1 by less than 1e-8.
   */
  public NumpyArray of(float[] weights) {
    double[] values = new double[parameter.count()];
    for (int i = 0; i < values.length; i++) {
      double weight = weights[flatIndex.applyAsInt(i)];
      values[i] = isVariance() ? StrictMath.pow(10, 2 * weight) : weight;
    }
    return new NumpyArray(
        isVariance() ? NumpyArray.Precision.DOUBLE : NumpyArray.Precision.SINGLE, shape, values);
  }

  /**
   * Writes an array of this shape into the flat weights, in single precision. A variance below
   * {@link Float#MIN_NORMAL} is raised to it.
   */
  void put(NumpyArray array, float[] weights) {
    for (int i = 0; i < array.values().length; i++) {
      double value = array.values()[i];
      weights[flatIndex.applyAsInt(i)] =
          (float) (isVariance() ? StrictMath.log10(Math.max(value, SMALLEST_VARIANCE)) / 2 : value);
    }
  }

  /** Describes the numbers that {@link #accepts} allows. */
  String valueRequirement() {
    return isVariance() ? "finite float32 numbers of at least 0" : "finite float32 numbers";
  }

  /** Returns whether the array may hold this number. */
  boolean accepts(double value) {
    return Float.isFinite((float) value) && !(isVariance() && value < 0);
  }
}
