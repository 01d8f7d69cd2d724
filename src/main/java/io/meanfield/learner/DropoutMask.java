package io.meanfield.learner;

/**
 * Which numbers a step leaves out. A function of the minibatch's key, the layer and the place of a
 * number: whoever computes the step, whenever, leaves out the same.
 */
public final class DropoutMask {
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private DropoutMask() {}

  /**
   * Draws the first {@code count} factors: 0 with probability {@code rate}, else {@code kept}.
   *
   * @param key of the minibatch
   * @param layer that leaves numbers out
   */
  public static void draw(
      float[] factors, int count, double rate, float kept, long key, int layer) {
    long first = mix(key + GOLDEN_RATIO * (layer + 1));
    for (int i = 0; i < count; i++) {
      double uniform = (mix(first + GOLDEN_RATIO * i) >>> 11) * 0x1.0p-53;
      factors[i] = uniform < rate ? 0 : kept;
    }
  }

  // SplitMix64's output function (Steele, Lea and Flood 2014, figure 17), here of a counter.
  private static long mix(long counter) {
    long z = counter;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
