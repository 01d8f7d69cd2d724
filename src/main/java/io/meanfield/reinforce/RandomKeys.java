package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.random.Permutation;
import io.meanfield.random.SplitMix64;
import io.meanfield.reinforce.environment.EpisodeSet;
import java.io.Serializable;

/**
 * The keys of all random numbers: each depends on the seed and on what it is for, so that every
 * attempt of every task draws the same numbers.
 *
 * @param seed of the run
 */
@DefaultSerializer(JavaSerializer.class)
record RandomKeys(long seed) implements Serializable {
  private static final long START = 0x51A7;
  private static final long EXPLORATION = 0xE871;
  private static final long STEP = 0x57E9;
  private static final long SAMPLE = 0x5A3B;
  private static final long EVALUATION = 0xE7A1;

  /** Returns the key of the start of a worker's episode. */
  long start(int worker, int episode) {
    return Permutation.key(seed, START, worker, episode);
  }

  /** Returns the key of the exploration in a worker's step; number 0 decides, number 1 chooses. */
  long exploration(int worker, long step) {
    return Permutation.key(seed, EXPLORATION, worker, step);
  }

  /** Returns the key of the environment in a worker's step. */
  long step(int worker, long step) {
    return Permutation.key(seed, STEP, worker, step);
  }

  /** Returns the key of a minibatch of a worker. */
  long sample(int worker, long step, int minibatch) {
    return Permutation.key(seed, SAMPLE, worker, step, minibatch);
  }

  /** Returns the key of the start of an episode that is played without exploration. */
  long start(EpisodeSet set, int episode) {
    return Permutation.key(seed, EVALUATION, set.stream(), episode);
  }

  /** Returns the key of the environment in a step of such an episode. */
  long step(EpisodeSet set, int episode, int step) {
    return Permutation.key(seed, EVALUATION, set.stream(), episode, step);
  }

  /** Returns number {@code index} of a key, from 0 to {@code bound} (exclusive). */
  static int below(int bound, long key, int index) {
    return (int) (uniform(key, index) * bound);
  }

  /** Returns number {@code index} of a key, from 0 to 1 (exclusive). */
  static double uniform(long key, int index) {
    return SplitMix64.uniform(key + index * SplitMix64.GOLDEN_GAMMA);
  }
}
