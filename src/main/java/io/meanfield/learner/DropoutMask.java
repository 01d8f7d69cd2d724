package io.meanfield.learner;

import io.meanfield.random.SplitMix64;

/**
 * Which numbers a step leaves out. A function of the minibatch's key, the layer and the place of a
 * number: whoever computes the step, whenever, leaves out the same.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * Draws the first {@code count} factors: 0 with probability {@code rate}, else {@code kept}.
   *
   * @param key of the minibatch
   * @param layer that leaves numbers out
   */
  public static void draw(
      float[] factors, int count, double rate, float kept, long key, int layer) {
    long first = SplitMix64.mix(key + SplitMix64.GOLDEN_GAMMA * (layer + 1));
    for (int i = 0; i < count; i++) {
      double uniform = SplitMix64.uniform(first + SplitMix64.GOLDEN_GAMMA * i);
      factors[i] = uniform < rate ? 0 : kept;
    }
  }
}
