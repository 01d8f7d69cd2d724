package io.meanfield.engine.torch.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Scalar;

/** A cache of LibTorch's scalars, so that the values of most steps are allocated once. */
public final class ScalarCache {
  // A schedule has a new rate for each minibatch; the limit keeps the rates from filling the
  // memory.
  private static final int CAPACITY = 1000;
  private static final Map<Double, Scalar> CACHE = new ConcurrentHashMap<>();

  private ScalarCache() {}

  /** Returns the scalar; callers inside a {@code PointerScope} need not free it. */
  public static Scalar of(double value) {
    Scalar cached = CACHE.get(value);
    if (cached != null) {
      return cached;
    }
    if (CACHE.size() >= CAPACITY) {
      return new Scalar(value);
    }
    return CACHE.computeIfAbsent(value, ScalarCache::retained);
  }

  /** Returns a new scalar that outlives the open scope. */
  private static Scalar retained(double value) {
    return new Scalar(value).retainReference();
  }
}
