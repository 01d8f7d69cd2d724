package io.meanfield.engine.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Scalar;

/** LibTorch's numbers that are needed again and again: each is made once. */
final class ScalarCache {
  // A schedule has a rate a minibatch: those are not worth keeping.
  private static final int CAPACITY = 1000;
  private static final Map<Double, Scalar> KEPT = new ConcurrentHashMap<>();

  private ScalarCache() {}

  /** The number; who is in a scope need not free it. */
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

  /** One that outlives the scope that is open. */
  private static Scalar retained(double value) {
    return new Scalar(value).retainReference();
  }
}
