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
