package io.meanfield.data;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.broadcast.Broadcast;

/** From ids to the numbers 0 … count-1, which splits and shuffles work on. */
sealed interface Positions extends Serializable {
  /** The place of an id in the order of all ids. */
  long of(long id);

  /** Ids that are positions already. */
  record Same() implements Positions {
    @Override
    public long of(long id) {
      return id;
    }
  }

  /**
   * Ranks of arbitrary ids. Costs eight bytes an example, on the driver and on every executor, and
   * a binary search for each example that is dealt out.
   */
  record Ranks(Broadcast<long[]> sorted) implements Positions {
    @Override
    public long of(long id) {
      return Arrays.binarySearch(sorted.value(), id);
    }
  }
}
