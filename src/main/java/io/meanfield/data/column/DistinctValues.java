package io.meanfield.data.column;

import io.meanfield.random.SplitMix64;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The number of different values: exact up to {@value #MOST}, then an estimate with a deviation of
 * about 2 %. Keeps the values whose hashes end with some zeros (Flajolet 1990, "On adaptive
 * sampling"), so that it depends on the values alone, not on their order or on how they are divided
 * into parts; sketches of libraries depend on the order of their sums.
 */
final class DistinctValues implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int MOST = 4096;
  private static final int FIRST_CAPACITY = 16;

  // An open hash table: a set of boxed numbers takes six times as much memory. 0 is a free place.
  private long[] hashes = new long[FIRST_CAPACITY];
  private int size;
  private int zeros;

  void add(long value) {
    long hash = SplitMix64.mix(value + SplitMix64.GOLDEN_GAMMA);
    addHash(hash == 0 ? 1 : hash);
  }

  void add(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = SplitMix64.GOLDEN_GAMMA * (hash ^ text.charAt(i)) + 1;
    }
    add(hash);
  }

  private void addHash(long hash) {
    if (Long.numberOfTrailingZeros(hash) >= zeros && put(hash)) {
      size++;
      if (size > MOST) {
        zeros++;
        keep(hashes.length);
      } else if (4 * size > 3 * hashes.length) {
        keep(2 * hashes.length);
      }
    }
  }

  /** Returns whether a hash was not among the others. */
  private boolean put(long hash) {
    int place = (int) (hash >>> 32) & (hashes.length - 1);
    while (hashes[place] != 0) {
      if (hashes[place] == hash) {
        return false;
      }
      place = (place + 1) & (hashes.length - 1);
    }
    hashes[place] = hash;
    return true;
  }

  private void keep(int capacity) {
    long[] all = hashes;
    hashes = new long[capacity];
    size = 0;
    LongStream.of(all)
        .filter(hash -> hash != 0 && Long.numberOfTrailingZeros(hash) >= zeros)
        .forEach(
            hash -> {
              put(hash);
              size++;
            });
  }

  /** Adds the values of another part. */
  void add(DistinctValues other) {
    if (other.zeros > zeros) {
      zeros = other.zeros;
      keep(hashes.length);
    }
    Arrays.stream(other.hashes).filter(hash -> hash != 0).forEach(this::addHash);
  }

  long count() {
    return (long) size << zeros;
  }

  boolean isExact() {
    return zeros == 0;
  }
}
