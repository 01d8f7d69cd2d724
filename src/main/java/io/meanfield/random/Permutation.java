package io.meanfield.random;

/**
 * A pseudo-random permutation of 0 … size-1 that needs no table: a balanced Feistel network over
 * the next even power of two, walked until it falls inside (Black and Rogaway 2002, "Ciphers with
 * Arbitrary Finite Domains", method 3). A function of (size, key) alone, so every task of every
 * retry computes the same place for the same example.
 */
public final class Permutation {
  private static final int ROUNDS = 6;

  private final long size;
  private final int halfBits;
  private final long halfMask;
  private final long[] keys = new long[ROUNDS];

  /**
   * The permutation of {@code size} positions that belongs to {@code key}, the hash of whatever it
   * depends on.
   */
  public Permutation(long size, long key) {
    if (size < 0) {
      throw new IllegalArgumentException("size must be at least 0, found " + size);
    }
    this.size = size;
    this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, size - 1))) / 2);
    this.halfMask = (1L << halfBits) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = SplitMix64.mix(key + (round + 1) * SplitMix64.GOLDEN_GAMMA);
    }
  }

  /** Hashes a seed and what else a permutation depends on into a key. */
  public static long key(long seed, long... parts) {
    long key = SplitMix64.mix(seed + SplitMix64.GOLDEN_GAMMA);
    for (long part : parts) {
      key = SplitMix64.mix(key ^ SplitMix64.mix(part + SplitMix64.GOLDEN_GAMMA));
    }
    return key;
  }

  /** Where {@code index} goes. */
  public long apply(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("index must be below " + size + ", found " + index);
    }
    long place = index;
    do {
      place = encrypt(place);
    } while (place >= size);
    return place;
  }

  private long encrypt(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (long key : keys) {
      long next = left ^ (SplitMix64.mix(right ^ key) & halfMask);
      left = right;
      right = next;
    }
    return (left << halfBits) | right;
  }
}
