package io.meanfield.evaluate;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The weights of positive and negative examples by key, in a hash table of primitive numbers: with
 * objects, the scores of a few thousand examples take seconds of a JVM that has just started.
 */
final class ScoreSums {
  private static final int SMALLEST = 1024;
  private static final long EMPTY = -1; // keys are at least 0
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private long[] keys;
  private double[] positives;
  private double[] negatives;
  private int size;

  ScoreSums() {
    allocate(SMALLEST);
  }

  private void allocate(int capacity) {
    keys = new long[capacity];
    Arrays.fill(keys, EMPTY);
    positives = new double[capacity];
    negatives = new double[capacity];
  }

  /** Adds weights to those of a key; of one key in the order of the calls. */
  void add(long key, double positive, double negative) {
    int slot = slot(key);
    if (keys[slot] == EMPTY) {
      keys[slot] = key;
      size++;
    }
    positives[slot] += positive;
    negatives[slot] += negative;
    if (size > keys.length / 2) {
      grow();
    }
  }

  // Linear probing; the capacity is a power of two, and at most half of the slots are in use.
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * GOLDEN_RATIO) >>> Integer.SIZE) & mask;
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    double[] oldPositives = positives;
    double[] oldNegatives = negatives;
    allocate(Math.multiplyExact(2, oldKeys.length));
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != EMPTY) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        positives[slot] = oldPositives[old];
        negatives[slot] = oldNegatives[old];
      }
    }
  }

  /** Returns all keys in ascending order. */
  long[] sortedKeys() {
    return LongStream.of(keys).filter(key -> key != EMPTY).sorted().toArray();
  }

  /** Returns the sum of the positive weights of a key; 0 if it has none. */
  double positive(long key) {
    return positives[slot(key)];
  }

  /** Returns the sum of the negative weights of a key; 0 if it has none. */
  double negative(long key) {
    return negatives[slot(key)];
  }
}
