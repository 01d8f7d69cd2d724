package io.meanfield.data.shard;

import java.util.Locale;

/** The treatment of classes of different sizes among the training examples. */
public enum Balance {
  /** Uses every training example once. */
  NONE,
  /** Uses every training example once and weights its loss by class: {@link ClassWeights}. */
  CLASS_WEIGHTS;

  /** Returns the value as it is written in settings and manifests. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
