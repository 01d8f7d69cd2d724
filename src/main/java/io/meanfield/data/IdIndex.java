package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.broadcast.Broadcast;

/** Maps ids to the numbers 0 … count-1, which splits and shuffles work on. */
public sealed interface IdIndex extends Serializable {
  /** Returns the rank of an id among all ids, from 0. */
  long of(long id);

  /** Ids that are positions already. */
  @DefaultSerializer(JavaSerializer.class)
  record Identity() implements IdIndex {
    @Override
    public long of(long id) {
      return id;
    }
  }

  /**
   * Ids that are positions in a table of which some rows were skipped.
   *
   * @param skipped the positions that no example has, in ascending order
   */
  @DefaultSerializer(JavaSerializer.class)
  record Gaps(long[] skipped) implements IdIndex {
    @Override
    public long of(long id) {
      int found = Arrays.binarySearch(skipped, id);
      return found >= 0 ? -1 : id - (-found - 1);
    }
  }

  /**
   * Returns the index of ids that are positions, without those in ascending order that none has.
   */
  static IdIndex ofPositions(long[] skipped) {
    return skipped.length == 0 ? new Identity() : new Gaps(skipped);
  }

  /**
   * Ranks of arbitrary ids. Costs eight bytes per example on the driver and on every executor, and
   * a binary search for each example that is shuffled.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Sorted(Broadcast<long[]> sorted) implements IdIndex {
    @Override
    public long of(long id) {
      return Arrays.binarySearch(sorted.value(), id);
    }
  }
}
