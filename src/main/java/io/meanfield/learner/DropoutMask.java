package io.meanfield.learner;

import io.meanfield.random.SplitMix64;

/**
 * The random factors of one step by which the torch engine's dropout and the corruption of an
 * autoencoder's inputs, on every engine, multiply numbers. They are a function of the minibatch's
 * key, the layer and the index of the number, so a repeated step sets the same numbers to 0.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * Draws the first {@code count} factors: 0 with probability {@code rate}, else {@code scale}.
   *
   * @param key of the minibatch
   * @param layer number of the layer
   */
  public static void draw(
      float[] factors, int count, double rate, float scale, long key, int layer) {
    long start = SplitMix64.mix(key + SplitMix64.GOLDEN_GAMMA * (layer + 1));
    for (int i = 0; i < count; i++) {
      double uniform = SplitMix64.uniform(start + SplitMix64.GOLDEN_GAMMA * i);
      factors[i] = uniform < rate ? 0 : scale;
    }
  }
}
