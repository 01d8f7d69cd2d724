package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.random.Permutation;
import java.io.Serializable;

/**
 * Sends every example to one logical worker's training or validation shard, by a permutation of all
 * ids: exact sizes, balanced shards, no table, and the same place for an example wherever it is
 * computed.
 *
 * @param examples in the data set
 * @param validation how many of them are for validation
 * @param workers logical workers
 */
@DefaultSerializer(JavaSerializer.class)
public record Split(long examples, long validation, int workers, long seed)
    implements Serializable {
  private static final long PURPOSE = 0x5711;

  /**
   * The split that keeps the nearest whole number to {@code fraction * examples} for validation.
   */
  public static Split of(long examples, double fraction, int workers, long seed) {
    return new Split(examples, Math.round(examples * fraction), workers, seed);
  }

  public long training() {
    return examples - validation;
  }

  Permutation permutation() {
    return new Permutation(examples, Permutation.key(seed, PURPOSE));
  }

  boolean isTraining(long position) {
    return position < training();
  }

  int worker(long position) {
    return (int) (offset(position) % workers);
  }

  /** The row inside the shard of {@link #worker}. */
  int row(long position) {
    return Math.toIntExact(offset(position) / workers);
  }

  private long offset(long position) {
    return isTraining(position) ? position : position - training();
  }

  /**
   * Training or validation examples of one worker; shards differ by one example at most, the first
   * is the largest.
   */
  public int shardSize(boolean training, int worker) {
    long all = training ? training() : validation;
    return Math.toIntExact((all + workers - 1 - worker) / workers);
  }
}
