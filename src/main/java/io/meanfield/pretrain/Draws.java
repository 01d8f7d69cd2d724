package io.meanfield.pretrain;

import io.meanfield.random.Permutation;
import io.meanfield.random.SplitMix64;

/** Random numbers that are a function of a key, so that a repeated task draws the same ones. */
final class Draws {
  private Draws() {}

  /** Replaces each probability by 1 with that probability, else by 0. */
  static void bernoulli(float[] probabilities, long key, int draw) {
    long start = Permutation.key(key, draw);
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = uniform(start, i) < probabilities[i] ? 1 : 0;
    }
  }

  /** Sets each number to 0 with a probability. */
  static void drop(float[] numbers, double probability, long key) {
    long start = Permutation.key(key, 0);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = uniform(start, i) < probability ? 0 : numbers[i];
    }
  }

  /** Returns an index from 0 to {@code count} (exclusive). */
  static int index(int count, long key) {
    return (int) (uniform(Permutation.key(key, 0), 0) * count);
  }

  private static double uniform(long start, int index) {
    return SplitMix64.uniform(start + SplitMix64.GOLDEN_GAMMA * index);
  }
}
