package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The positions of the rows of a table that are no examples, and the ranks of the others.
 *
 * @param ascending the positions in ascending order
 */
@DefaultSerializer(JavaSerializer.class)
public record SkippedPositions(long[] ascending) implements Serializable {
  /** No row is skipped. */
  public static final SkippedPositions NONE = new SkippedPositions(new long[0]);

  boolean isEmpty() {
    return ascending.length == 0;
  }

  /** Returns the rank of a position among those that are not skipped; -1 if it is skipped. */
  long rank(long position) {
    int found = Arrays.binarySearch(ascending, position);
    return found >= 0 ? -1 : position - (-found - 1);
  }

  /** Returns the position with a rank among those that are not skipped. */
  long position(long rank) {
    // Every skipped position at or before the position moves it by one.
    long position = rank;
    long next = rank + countUpTo(position);
    while (next != position) {
      position = next;
      next = rank + countUpTo(position);
    }
    return position;
  }

  private int countUpTo(long position) {
    int found = Arrays.binarySearch(ascending, position);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
