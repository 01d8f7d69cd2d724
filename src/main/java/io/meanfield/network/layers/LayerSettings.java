package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.Locale;

/** Options that several layers share. */
final class LayerSettings {
  static final String ACTIVATION = "activation";
  static final String L2 = "l2";
  static final String STRIDES = "strides";
  static final String RETURN_SEQUENCES = "return-sequences";
  static final String RATE = "at least 0 and below 1";

  private LayerSettings() {}

  static Activation activation(Section layer) {
    return layer.choice(ACTIVATION, Activation.class);
  }

  /**
   * Reads an activation that applies to each number separately. Refuses softmax, because DL4J's
   * sums along the rows of images.
   */
  static Activation elementwiseActivation(Section layer, String key) {
    Activation activation = activation(layer);
    if (activation == Activation.SOFTMAX) {
      layer.invalid(ACTIVATION, "another one than softmax in " + key);
    }
    return activation;
  }

  static double l2(Section layer) {
    return layer.number(L2, l2 -> l2 >= 0 && l2 < 1e6, "at least 0", 0);
  }

  /** Reads a number in the range that {@link #RATE} describes. */
  static double rate(Section layer, String key, double otherwise) {
    return layer.number(key, rate -> rate >= 0 && rate < 1, RATE, otherwise);
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
