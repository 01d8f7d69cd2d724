package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.random.Permutation;
import java.io.Serializable;

/**
 * Assigns every example to the training or validation shard of one logical worker, by a permutation
 * of all ids. The parts have exact sizes, shards differ by at most one example, and every process
 * computes the same assignment without a table.
 *
 * @param examples the number of examples in the data set
 * @param validation the number of validation examples
 * @param workers the number of logical workers
 */
@DefaultSerializer(JavaSerializer.class)
public record Split(long examples, long validation, int workers, long seed)
    implements Serializable {
  private static final long PURPOSE = 0x5711;

  /**
   * Returns a split with {@code fraction * examples} validation examples, rounded to the nearest
   * integer.
   */
  public static Split of(long examples, double fraction, int workers, long seed) {
    return new Split(examples, Math.round(examples * fraction), workers, seed);
  }

  public long training() {
    return examples - validation;
  }

  /** Returns the positions of examples in the order of the parts and their shards. */
  public Permutation permutation() {
    return new Permutation(examples, Permutation.key(seed, PURPOSE));
  }

  /** Returns whether the example with this position in the permutation is for training. */
  public boolean isTraining(long position) {
    return position < training();
  }

  /** Returns the logical worker whose shard has an example. */
  public int worker(long position) {
    return (int) (offset(position) % workers);
  }

  /** Returns the row of an example in its shard. */
  public int row(long position) {
    return Math.toIntExact(offset(position) / workers);
  }

  private long offset(long position) {
    return isTraining(position) ? position : position - training();
  }

  /**
   * Returns the number of training or validation examples of one worker. Shards differ by at most
   * one example; the first shard is the largest.
   */
  public int shardSize(boolean training, int worker) {
    long all = training ? training() : validation;
    return Math.toIntExact((all + workers - 1 - worker) / workers);
  }
}
