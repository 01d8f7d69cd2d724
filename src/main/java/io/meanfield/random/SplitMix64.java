package io.meanfield.random;

/**
 * The generator SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number
 * Generators", figure 17) as a function of a counter: number i of a stream is {@code mix(start + i
 * * GOLDEN_GAMMA)}. The number depends on start and i alone, not on the numbers drawn before.
 */
public final class SplitMix64 {
  /** The difference of two consecutive counters: 2^64 divided by the golden ratio, made odd. */
  public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private static final double UNIT = 0x1.0p-53;

  private SplitMix64() {}

  /** Mixes the bits of a counter into a pseudo-random number of 64 bits. */
  public static long mix(long counter) {
    long z = (counter ^ (counter >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Mixes the bits of a counter into a number from 0 to 1 (exclusive). */
  public static double uniform(long counter) {
    return (mix(counter) >>> 11) * UNIT;
  }
}
