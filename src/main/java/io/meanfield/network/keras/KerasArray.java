package io.meanfield.network.keras;

import io.meanfield.network.Parameter;
import io.meanfield.network.layers.ParameterKind;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One array of Keras' {@code get_weights()}.
 *
 * @param parameter the same numbers in the flat weights
 * @param shape Keras'
 * @param place the place in the flat weights of a number of the array, whose last dimension runs
 *     fastest
 */
public record KerasArray(Parameter parameter, List<Integer> shape, IntUnaryOperator place) {
  // A running deviation of 0 has no logarithm; this one is as good beside any epsilon.
  private static final double SMALLEST_VARIANCE = Float.MIN_NORMAL;

  /** Returns the name of the array in an .npz file: its kind, then the layer's number. */
  public String name() {
    return parameter.kind().prefix() + parameter.layer();
  }

  /** Returns Keras' name of the array. */
  public String kerasName() {
    return parameter.kind().kerasName();
  }

  private boolean isVariance() {
    return parameter.kind() == ParameterKind.RUNNING_LOG_DEVIATION;
  }

  /**
   * Returns the array from the flat weights. Variances have double precision, because ours are
   * decimal logarithms of deviations: one that is not within 1e-8 of 1 comes back bit-identical.
   */
  public NumpyArray of(float[] weights) {
    double[] values = new double[parameter.count()];
    for (int i = 0; i < values.length; i++) {
      double weight = weights[place.applyAsInt(i)];
      values[i] = isVariance() ? StrictMath.pow(10, 2 * weight) : weight;
    }
    return new NumpyArray(
        isVariance() ? NumpyArray.Precision.DOUBLE : NumpyArray.Precision.SINGLE, shape, values);
  }

  /** Writes an array of this shape into the flat weights; rounds it to single precision. */
  void put(NumpyArray array, float[] weights) {
    for (int i = 0; i < array.values().length; i++) {
      double value = array.values()[i];
      weights[place.applyAsInt(i)] =
          (float) (isVariance() ? StrictMath.log10(Math.max(value, SMALLEST_VARIANCE)) / 2 : value);
    }
  }

  /** Describes the numbers that it {@link #accepts}. */
  String valueRequirement() {
    return isVariance() ? "finite numbers of at least 0" : "finite numbers";
  }

  /** Returns whether the array may hold a number. */
  boolean accepts(double value) {
    return Float.isFinite((float) value) && !(isVariance() && value < 0);
  }
}
