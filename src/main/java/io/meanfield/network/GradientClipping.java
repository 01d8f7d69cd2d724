package io.meanfield.network;

import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * What happens to gradients that are too large, before an L2 penalty is added; batch
 * normalisations' are left alone.
 */
public sealed interface GradientClipping extends Serializable {
  /** Nothing. */
  record None() implements GradientClipping {}

  /**
   * Keras' clipnorm: the gradient of each array of weights is scaled down to this Euclidean norm.
   */
  record Norm(double limit) implements GradientClipping {}

  /** Keras' clipvalue: each number is cut to [-limit, limit]. */
  record Value(double limit) implements GradientClipping {}

  static GradientClipping read(Section optimizer) {
    if (optimizer.has("clip-norm") && optimizer.has("clip-value")) {
      optimizer.invalid("clip-value", "left out where clip-norm is set");
    }
    if (optimizer.has("clip-norm")) {
      return new Norm(limit(optimizer, "clip-norm"));
    }
    return optimizer.has("clip-value") ? new Value(limit(optimizer, "clip-value")) : new None();
  }

  private static double limit(Section optimizer, String key) {
    return optimizer.requiredNumber(key, limit -> limit > 0 && limit < 1e9, "above 0", 1);
  }
}
