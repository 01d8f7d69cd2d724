package io.meanfield.learner;

import io.meanfield.random.SplitMix64;

/**
 * The random numbers of the Gibbs chains of a step. They are a function of the minibatch's key, the
 * layer, the number of the draw in the step and the index of the number, so a repeated step draws
 * the same samples.
 *
 * @param layer number of the layer
 */
public record GibbsNoise(int layer) {
  private static final double UNIT = 0x1.0p-24;

  /** Draws the first {@code count} numbers, uniform from 0 to 1 (exclusive). */
  public void uniform(float[] numbers, int count, long key, int draw) {
    long start = start(key, draw);
    for (int i = 0; i < count; i++) {
      // 24 bits, so that no number is rounded to 1.
      numbers[i] = (float) ((SplitMix64.mix(start + SplitMix64.GOLDEN_GAMMA * i) >>> 40) * UNIT);
    }
  }

  /** Draws the first {@code count} numbers, normal with mean 0 and standard deviation 1. */
  public void normal(float[] numbers, int count, long key, int draw) {
    long start = start(key, draw);
    for (int i = 0; i < count; i++) {
      long counter = start + SplitMix64.GOLDEN_GAMMA * (2L * i);
      // Box and Muller 1958; StrictMath has the same bits on every machine.
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - SplitMix64.uniform(counter)));
      double angle = 2 * Math.PI * SplitMix64.uniform(counter + SplitMix64.GOLDEN_GAMMA);
      numbers[i] = (float) (radius * StrictMath.cos(angle));
    }
  }

  /** Returns a unit from 0 to {@code units} (exclusive) for an example. */
  public int unit(int units, long key, int example) {
    return (int) (SplitMix64.uniform(start(key, example)) * units);
  }

  private long start(long key, int draw) {
    long ofLayer = SplitMix64.mix(key + SplitMix64.GOLDEN_GAMMA * (layer + 1L));
    return SplitMix64.mix(ofLayer ^ SplitMix64.mix(draw + SplitMix64.GOLDEN_GAMMA));
  }
}
