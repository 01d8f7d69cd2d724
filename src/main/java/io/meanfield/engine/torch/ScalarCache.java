package io.meanfield.engine.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Scalar;

/** LibTorch's numbers that are used repeatedly; each is allocated once. */
final class ScalarCache {
  // A schedule has a rate a minibatch; those are not kept.
  private static final int CAPACITY = 1000;
  private static final Map<Double, Scalar> KEPT = new ConcurrentHashMap<>();

  private ScalarCache() {}

  /** Returns the number; inside a scope it need not be freed. */
  static Scalar of(double value) {
    Scalar kept = KEPT.get(value);
    if (kept != null) {
      return kept;
    }
    if (KEPT.size() >= CAPACITY) {
      return new Scalar(value);
    }
    return KEPT.computeIfAbsent(value, ScalarCache::retained);
  }

  /** Returns a number that outlives the open scope. */
  private static Scalar retained(double value) {
    return new Scalar(value).retainReference();
  }
}
