package io.meanfield.network;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.Map;

/**
 * The clipping of gradients, before the L2 penalty is added. The gradients of batch normalisations
 * are not clipped.
 */
public sealed interface GradientClipping extends Serializable {
  String CLIP_NORM = "clip-norm";

  /** Returns the settings from which {@link #read} restores the clipping. */
  Map<String, Object> toSettings();

  /** Returns whether gradients are clipped. */
  default boolean isActive() {
    return true;
  }

  /** Calls the visitor's case for this clipping. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A case for each way of clipping.
   *
   * @param <R> what each case returns
   */
  interface Visitor<R> {
    R none(None none);

    R norm(Norm norm);
  }

  /** No clipping. */
  record None() implements GradientClipping {
    @Override
    public Map<String, Object> toSettings() {
      return Map.of();
    }

    @Override
    public boolean isActive() {
      return false;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.none(this);
    }
  }

  /**
   * Keras' clipnorm: the gradient of each array of weights is scaled down to the Euclidean norm
   * {@code limit} if its own norm is larger.
   */
  record Norm(double limit) implements GradientClipping {
    @Override
    public Map<String, Object> toSettings() {
      return Map.of(CLIP_NORM, limit);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.norm(this);
    }
  }

  /** Reads {@code network.optimizer}; an invalid value becomes a problem of the settings. */
  static GradientClipping read(Section optimizer) {
    return optimizer.has(CLIP_NORM)
        ? new Norm(
            optimizer.number(
                CLIP_NORM, limit -> limit > 0 && limit < 1e9, "above 0 and below 1000000000", 1))
        : new None();
  }
}
