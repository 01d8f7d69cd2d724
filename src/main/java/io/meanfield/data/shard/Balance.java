package io.meanfield.data.shard;

import java.util.Locale;

/** How classes of different sizes are balanced, among training examples only. */
public enum Balance {
  /** Every training example once. */
  NONE,
  /** Of each class as many as there are of the rarest, drawn by seed. */
  UNDERSAMPLE,
  /** Of each class as many as there are of the most frequent: all, repeatedly. */
  OVERSAMPLE,
  /** Every training example once, the loss of each weighted by its class: {@link ClassWeights}. */
  CLASS_WEIGHTS;

  /** As settings and manifests have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
