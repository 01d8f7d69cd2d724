package io.meanfield.data.shard;

import java.util.Locale;

/** What is done about classes that are rarer than others, in training only. */
public enum Balance {
  /** Nothing: every training example once. */
  NONE,
  /** Of each class as many as there are of the rarest; a draw by seed says which. */
  UNDERSAMPLE,
  /** Of each class as many as there are of the most frequent: all, again and again. */
  OVERSAMPLE,
  /** Every training example once, the loss of each weighted by its class: {@link ClassWeights}. */
  CLASS_WEIGHTS;

  /** As settings and manifests have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
