package io.meanfield.learner;

import io.meanfield.random.SplitMix64;

/**
 * The random factors by which dropout multiplies the numbers of a layer in one step. They are a
 * function of the minibatch's key, the layer and the index of the number, so a repeated step sets
 * the same numbers to 0.
 */
public final class DropoutMask {
  private static final int MASK = 0xffff;

  /** The factors that one random number gives. */
  public static final int PER_NUMBER = Long.SIZE / Character.SIZE;

  private DropoutMask() {}

  /**
   * Draws factors: 0 with probability {@code rate}, rounded to a multiple of 2<sup>-16</sup>, else
   * {@code 1 / (1 - rate)}. Each random number gives four of them.
   *
   * @param factors whose number is a multiple of {@link #PER_NUMBER}
   * @param key of the minibatch
   * @param layer number of the layer
   */
  public static void draw(float[] factors, double rate, long key, int layer) {
    long start = SplitMix64.mix(key + SplitMix64.GOLDEN_GAMMA * (layer + 1));
    int threshold = (int) Math.round(rate * (MASK + 1));
    int bits = Float.floatToRawIntBits((float) (1 / (1 - rate)));
    for (int first = 0; first < factors.length; first += PER_NUMBER) {
      long number = SplitMix64.mix(start + SplitMix64.GOLDEN_GAMMA * (first / PER_NUMBER));
      for (int i = 0; i < PER_NUMBER; i++) {
        int drawn = (int) (number >>> (Character.SIZE * i)) & MASK;
        int isKept = (threshold - 1 - drawn) >> 31; // all bits or none: no branch
        factors[first + i] = Float.intBitsToFloat(bits & isKept);
      }
    }
  }
}
