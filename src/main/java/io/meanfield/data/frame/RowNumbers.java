package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.frame.packed.RowPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The numbers of the rows of a table: in the order of their segments, which {@link DividingKey}
 * determines, and inside a segment in the order of the sorted rows; travels to executors. Bounds
 * and numbers depend on the set of rows alone.
 *
 * @param bounds the smallest key of each segment but the first; none if rows are not divided
 * @param starts the number of the first row of each partition in each segment
 */
@DefaultSerializer(JavaSerializer.class)
record RowNumbers(long[] bounds, long[][] starts) implements Serializable {
  // So that a fraction of three digits can be exact.
  private static final int SEGMENTS = 1000;

  /** Returns the numbers of rows that are not divided. */
  static RowNumbers ofPartitions(long[] starts) {
    return new RowNumbers(
        new long[0],
        Arrays.stream(starts).mapToObj(start -> new long[] {start}).toArray(long[][]::new));
  }

  /**
   * Returns the bounds of about a thousand segments of equal size. Keys that are equal are in one
   * segment, and if they are as many as a segment has rows, in one of their own.
   *
   * @param keys of all rows, or of every n-th one in their order
   */
  static long[] bounds(long[] keys) {
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    NavigableSet<Long> bounds = new TreeSet<>();
    for (int segment = 1, next = 0; segment < SEGMENTS; segment++) {
      int row = (int) Math.round((double) segment * sorted.length / SEGMENTS);
      if (row < next || row == 0 || row >= sorted.length) {
        continue; // in the rows of a key whose bounds are known
      }
      bounds.add(sorted[row]);
      for (next = row; next < sorted.length && sorted[next] == sorted[row]; ) {
        next++;
      }
      boolean isAlone = sorted[row - 1] < sorted[row] && next == row + 1;
      if (!isAlone && next < sorted.length) {
        bounds.add(sorted[next]);
      }
    }
    bounds.removeIf(bound -> bound == sorted[0]);
    return bounds.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Returns the numbers of rows that are divided.
   *
   * @param counts the number of rows of each partition in each segment
   */
  static RowNumbers ofSegments(long[] bounds, long[][] counts) {
    long[][] starts = new long[counts.length][bounds.length + 1];
    long next = 0;
    for (int segment = 0; segment <= bounds.length; segment++) {
      for (int partition = 0; partition < counts.length; partition++) {
        starts[partition][segment] = next;
        next += counts[partition][segment];
      }
    }
    return new RowNumbers(bounds, starts);
  }

  /** Returns the number of rows up to the end of each segment. */
  List<Long> ends(long rows) {
    List<Long> ends = new ArrayList<>();
    for (int segment = 1; segment <= bounds.length; segment++) {
      ends.add(starts[0][segment]);
    }
    ends.add(rows);
    return ends;
  }

  int segment(long key) {
    int place = Arrays.binarySearch(bounds, key);
    return place < 0 ? -1 - place : place + 1;
  }

  /** Returns how many of the keys are in each segment. */
  long[] counts(long[] keys) {
    long[] counts = new long[bounds.length + 1];
    for (long key : keys) {
      counts[segment(key)]++;
    }
    return counts;
  }

  /** Returns the numbers of the rows of a partition. */
  long[] of(int partition, RowPart rows, RowValues values) {
    long[] next = starts[partition].clone();
    long[] numbers = new long[rows.count()];
    for (int row = 0; row < numbers.length; row++) {
      rows.moveTo(row);
      numbers[row] = next[bounds.length == 0 ? 0 : segment(values.dividingKey(rows))]++;
    }
    return numbers;
  }
}
