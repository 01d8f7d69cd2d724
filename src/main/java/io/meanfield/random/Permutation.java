package io.meanfield.random;

import java.util.Optional;

/**
 * A pseudo-random permutation of 0 … size-1 that needs no table: a balanced Feistel network over
 * the next even power of two, applied again until the result is below the size (cycle walking,
 * Black and Rogaway 2002, "Ciphers with Arbitrary Finite Domains", method 3). The result depends on
 * size and key alone, so every attempt of every task computes the same position for the same
 * example.
 */
public final class Permutation {
  private static final int ROUNDS = 6;
  private static final int BATCH = 1024;

  private final Optional<Permutation> first;
  private final boolean keepsOthers;
  private final long size;
  private final int halfBits;
  private final long halfMask;
  private final long[] keys = new long[ROUNDS];

  /**
   * Makes the permutation that belongs to a size and a key.
   *
   * @param key a hash from {@link #key}
   */
  public Permutation(long size, long key) {
    this(Optional.empty(), false, size, key);
  }

  private Permutation(Optional<Permutation> first, boolean keepsOthers, long size, long key) {
    if (size < 0) {
      throw new IllegalArgumentException("size must be at least 0, found " + size);
    }
    this.first = first;
    this.keepsOthers = keepsOthers;
    this.size = size;
    this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, size - 1))) / 2);
    this.halfMask = (1L << halfBits) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = SplitMix64.mix(key + (round + 1) * SplitMix64.GOLDEN_GAMMA);
    }
  }

  /** Hashes a seed and the other parts that a permutation depends on into a key. */
  public static long key(long seed, long... parts) {
    long key = SplitMix64.mix(seed + SplitMix64.GOLDEN_GAMMA);
    for (long part : parts) {
      key = SplitMix64.mix(key ^ SplitMix64.mix(part + SplitMix64.GOLDEN_GAMMA));
    }
    return key;
  }

  /**
   * Returns the permutation of the positions below {@code size}; the others stay.
   *
   * @param key a hash from {@link #key}
   */
  public static Permutation ofFirst(long size, long key) {
    return new Permutation(Optional.empty(), true, size, key);
  }

  /**
   * Returns the permutation that applies this one first and then permutes the positions below
   * {@code size}; the others, at the end, stay.
   *
   * @param size at most the size of this permutation
   * @param key a hash from {@link #key}
   */
  public Permutation thenOfFirst(long size, long key) {
    return new Permutation(Optional.of(this), true, size, key);
  }

  /** Returns the position of {@code index}. */
  public long apply(long index) {
    long position = first.isPresent() ? first.get().apply(index) : index;
    if (keepsOthers && position >= size) {
      return position;
    }
    requireIndex(position);
    do {
      position = encrypt(position);
    } while (position >= size);
    return position;
  }

  private void requireIndex(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "index must be below %s, found %s".formatted(size, index));
    }
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

  /**
   * Replaces each index by its position. Takes a fraction of the time of {@link #apply} for each,
   * because the processor computes several positions at the same time.
   */
  public void applyAll(long[] indexes) {
    first.ifPresent(before -> before.applyAll(indexes));
    Batch batch = new Batch();
    for (int from = 0; from < indexes.length; from += BATCH) {
      int count = places(indexes, from, batch.places);
      while (count > 0) {
        count = encrypt(indexes, count, batch);
      }
    }
  }

  /** Finds the places of the indexes of a batch that are not at their positions yet. */
  private int places(long[] indexes, int from, int[] places) {
    int count = 0;
    for (int place = from; place < Math.min(indexes.length, from + BATCH); place++) {
      if (!keepsOthers || indexes[place] < size) {
        requireIndex(indexes[place]);
        places[count++] = place;
      }
    }
    return count;
  }

  /** Encrypts the values at the places of a batch; keeps the places of those above the size. */
  private int encrypt(long[] values, int count, Batch batch) {
    long[] left = batch.left;
    long[] right = batch.right;
    for (int i = 0; i < count; i++) {
      left[i] = values[batch.places[i]] >>> halfBits;
      right[i] = values[batch.places[i]] & halfMask;
    }
    for (long key : keys) {
      addRound(left, right, count, key);
      long[] swapped = left;
      left = right;
      right = swapped;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int place = batch.places[i];
      values[place] = (left[i] << halfBits) | right[i];
      batch.places[kept] = place;
      kept += values[place] >= size ? 1 : 0;
    }
    return kept;
  }

  private void addRound(long[] left, long[] right, int count, long key) {
    for (int i = 0; i < count; i++) {
      left[i] ^= SplitMix64.mix(right[i] ^ key) & halfMask;
    }
  }

  /** The values that are encrypted at the same time. */
  private static final class Batch {
    private final int[] places = new int[BATCH];
    private final long[] left = new long[BATCH];
    private final long[] right = new long[BATCH];
  }
}
