package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.Locale;

/** Reads and writes settings that several layers share. */
final class LayerSettings {
  static final String ACTIVATION = "activation";
  static final String L2 = "l2";
  static final String STRIDES = "strides";
  static final String RETURN_SEQUENCES = "return-sequences";
  static final String RATE_RANGE = "at least 0 and below 1";
  private static final double L2_LIMIT = 1e6;

  private LayerSettings() {}

  static Activation activation(Section layer) {
    return layer.choice(ACTIVATION, Activation.class);
  }

  /**
   * Reads an activation that applies to each number separately. Refuses softmax: of an image, DL4J
   * would normalise each row of pixels instead of the channels of each pixel.
   */
  static Activation elementwiseActivation(Section layer, String key) {
    Activation activation = activation(layer);
    if (activation == Activation.SOFTMAX) {
      layer.invalid(ACTIVATION, "an activation other than softmax in " + key);
    }
    return activation;
  }

  /** Reads the factor of the penalty on kernels; 0 if it is not set. */
  static double l2(Section layer) {
    return layer.optionalNumber(
        L2, l2 -> l2 >= 0 && l2 < L2_LIMIT, "at least 0 and below 1000000", 0);
  }

  /** Reads a number in the range {@link #RATE_RANGE}; {@code defaultRate} if it is not set. */
  static double rate(Section layer, String key, double defaultRate) {
    return layer.optionalNumber(key, LayerSettings::isRate, RATE_RANGE, defaultRate);
  }

  /** Returns whether a number is in the range {@link #RATE_RANGE}. */
  static boolean isRate(double number) {
    return number >= 0 && number < 1;
  }

  /** Returns the name of a constant in settings. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
