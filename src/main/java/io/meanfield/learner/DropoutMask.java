package io.meanfield.learner;

import io.meanfield.random.SplitMix64;

/**
 * The random factors by which dropout multiplies the numbers of a layer in one step. They are a
 * function of the minibatch's key, the layer and the index of the number, so a repeated step sets
 * the same numbers to 0.
 */
public final class DropoutMask {
  private static final int MASK = 0xffff;
  private static final int PER_NUMBER = Long.SIZE / Character.SIZE;

  private DropoutMask() {}

  /**
   * Draws the first {@code count} factors: 0 with probability {@code rate}, rounded to a multiple
   * of 2<sup>-16</sup>, else {@code 1 / (1 - rate)}. Each random number gives four factors.
   *
   * @param key of the minibatch
   * @param layer number of the layer
   */
  public static void draw(float[] factors, int count, double rate, long key, int layer) {
    long start = SplitMix64.mix(key + SplitMix64.GOLDEN_GAMMA * (layer + 1));
    int threshold = (int) Math.round(rate * (MASK + 1));
    int bits = Float.floatToRawIntBits((float) (1 / (1 - rate)));
    for (int first = 0; first < count; first += PER_NUMBER) {
      long number = SplitMix64.mix(start + SplitMix64.GOLDEN_GAMMA * (first / PER_NUMBER));
      int end = Math.min(first + PER_NUMBER, count);
      for (int i = first; i < end; i++) {
        int isKept = (threshold - 1 - (int) (number & MASK)) >> 31; // all bits or none: no branch
        factors[i] = Float.intBitsToFloat(bits & isKept);
        number >>>= Character.SIZE;
      }
    }
  }
}
