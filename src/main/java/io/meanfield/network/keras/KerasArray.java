package io.meanfield.network.keras;

import io.meanfield.network.Parameter;
import io.meanfield.network.Parameter.Kind;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One array of Keras' {@code get_weights()}.
 *
 * @param parameter the same numbers among the flat weights
 * @param shape Keras'
 * @param place where a number, counted with the last dimension running fastest, lies in the flat
 *     weights
 */
public record KerasArray(Parameter parameter, List<Integer> shape, IntUnaryOperator place) {
  // A running deviation of 0 has no logarithm; this one is as good beside any epsilon.
  private static final double SMALLEST_VARIANCE = Float.MIN_NORMAL;

  /** What it is to its layer, followed by the layer's number. */
  public String name() {
    return prefix() + parameter.layer();
  }

  private String prefix() {
    return switch (parameter.kind()) {
      case KERNEL -> "W";
      case RECURRENT_KERNEL -> "R";
      case BIAS -> "b";
      case RECONSTRUCTION_BIAS -> "c";
      case GAMMA -> "gamma";
      case BETA -> "beta";
      case RUNNING_MEAN -> "mean";
      case RUNNING_LOG_DEVIATION -> "variance";
    };
  }

  /** Keras' word for it. */
  public String kerasName() {
    return switch (parameter.kind()) {
      case KERNEL -> "kernel";
      case RECURRENT_KERNEL -> "recurrent kernel";
      case BIAS -> "bias";
      case RECONSTRUCTION_BIAS -> "visible bias";
      case GAMMA -> "gamma";
      case BETA -> "beta";
      case RUNNING_MEAN -> "moving mean";
      case RUNNING_LOG_DEVIATION -> "moving variance";
    };
  }

  private boolean isVariance() {
    return parameter.kind() == Kind.RUNNING_LOG_DEVIATION;
  }

  /**
   * The array out of the flat weights. Variances have double precision, because ours are decimal
   * logarithms of deviations: so one that is not within 1e-8 of 1 comes back to the bit.
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

  /** Which numbers it {@link #accepts}, in words. */
  String valueRequirement() {
    return isVariance() ? "finite numbers of at least 0" : "finite numbers";
  }

  /** Whether a number may stand in the array. */
  boolean accepts(double value) {
    return Float.isFinite((float) value) && !(isVariance() && value < 0);
  }
}
