package io.meanfield.engine.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Scalar;

/** A cache of LibTorch's scalars, so that each value is allocated once. */
final class ScalarCache {
  // A schedule has a new rate for each minibatch; the limit keeps them from filling the memory.
  private static final int CAPACITY = 1000;
  private static final Map<Double, Scalar> KEPT = new ConcurrentHashMap<>();

  private ScalarCache() {}

  /** Returns the scalar; callers inside a scope need not free it. */
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

  /** Returns a scalar that outlives the open scope. */
  private static Scalar retained(double value) {
    return new Scalar(value).retainReference();
  }
}
