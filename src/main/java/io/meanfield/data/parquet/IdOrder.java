package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The order of the ids of a table, which Spark sorts: neither the driver nor a task has more than a
 * part of the ids in its memory. Driver only; {@link #close} frees the sorted ids.
 */
final class IdOrder implements AutoCloseable {
  /** The number of ids that are sorted together, about. */
  private static final int RANGE = 1 << 20;

  private static final int SAMPLE_STEP = 1 << 10;
  private static final IdArray NO_IDS = new IdArray.Numbers(new long[0]);

  private final JavaRDD<IdArray> sorted;
  private final List<Range> ranges;

  /**
   * A part of the sorted ids.
   *
   * @param ends the first and the last id; none if the part is empty
   * @param repeated an id that occurs twice; empty if there is none
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Range(int length, IdArray ends, List<String> repeated) implements Serializable {
    static Range of(IdArray ids) {
      int last = ids.length() - 1;
      return new Range(
          ids.length(),
          last < 0 ? NO_IDS : ids.at(new int[] {0, last}),
          ids.repeated().stream().toList());
    }
  }

  private IdOrder(JavaRDD<IdArray> sorted) {
    this.sorted = sorted;
    try {
      this.ranges = sorted.map(Range::of).collect();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      close();
      throw e;
    }
  }

  /**
   * Sorts ids.
   *
   * @param ids in any pieces; read twice
   * @param count the number of all ids, about
   */
  static IdOrder of(JavaRDD<IdArray> ids, long count) {
    return of(ids, Math.toIntExact((count + RANGE - 1) / RANGE));
  }

  /** Sorts ids in a number of parts. */
  static IdOrder of(JavaRDD<IdArray> ids, int parts) {
    IdArray splitters = parts == 1 ? NO_IDS : splitters(ids, parts);
    return new IdOrder(
        ids.flatMapToPair(piece -> slices(piece.sorted(), splitters).iterator())
            .partitionBy(new HashPartitioner(parts)) // an Integer's hash is its value
            .values()
            .mapPartitions(slices -> List.of(merged(slices)).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** Returns ids that divide all ids into parts of about the same size. */
  private static IdArray splitters(JavaRDD<IdArray> ids, int parts) {
    List<IdArray> samples = ids.map(piece -> sample(piece.sorted())).collect();
    if (samples.isEmpty()) {
      return NO_IDS;
    }
    IdArray sample = samples.get(0).join(samples).sorted();
    return sample.at(
        IntStream.range(1, parts)
            .map(part -> (int) ((long) part * sample.length() / parts))
            .filter(index -> index < sample.length())
            .toArray());
  }

  private static IdArray sample(IdArray piece) {
    return piece.at(IntStream.iterate(0, i -> i < piece.length(), i -> i + SAMPLE_STEP).toArray());
  }

  /** Returns the parts of a sorted piece that are not empty, by the number of their range. */
  private static List<Tuple2<Integer, IdArray>> slices(IdArray piece, IdArray splitters) {
    List<Tuple2<Integer, IdArray>> slices = new ArrayList<>();
    int begin = 0;
    for (int range = 0; range <= splitters.length(); range++) {
      int end = range == splitters.length() ? piece.length() : piece.countUpTo(splitters, range);
      if (end > begin) {
        slices.add(new Tuple2<>(range, piece.at(IntStream.range(begin, end).toArray())));
        begin = end;
      }
    }
    return slices;
  }

  private static IdArray merged(Iterator<IdArray> slices) {
    List<IdArray> all = new ArrayList<>();
    slices.forEachRemaining(all::add);
    return all.isEmpty() ? NO_IDS : all.get(0).join(all).sorted();
  }

  /** The number of ids. */
  long count() {
    return ranges.stream().mapToLong(Range::length).sum();
  }

  /**
   * Throws if an id occurs twice.
   *
   * @param column the column of the ids
   */
  void requireUnique(String column, String display) {
    Optional<String> repeated =
        ranges.stream().flatMap(range -> range.repeated().stream()).findFirst();
    if (repeated.isPresent()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display
              + " has the id "
              + repeated.get()
              + " twice in column "
              + column
              + "; ids must be unique");
    }
  }

  /** Returns whether the ids, which are unique, are the numbers from 0 to their count - 1. */
  boolean arePositions() {
    List<IdArray> ends = ranges.stream().map(Range::ends).filter(ids -> ids.length() > 0).toList();
    return ends.get(0) instanceof IdArray.Numbers first
        && ends.get(ends.size() - 1) instanceof IdArray.Numbers last
        && first.ids()[0] == 0
        && last.ids()[1] == count() - 1;
  }

  /** Returns the ids with the ranks 0, {@code size}, 2 {@code size} and so on. */
  IdArray every(int size) {
    List<Range> filled = ranges.stream().filter(range -> range.length() > 0).toList();
    if (size >= count() && !filled.isEmpty()) {
      return filled.get(0).ends().at(new int[] {0}); // without a job of Spark
    }
    long[] starts = new long[ranges.size()];
    Arrays.setAll(starts, i -> i == 0 ? 0 : starts[i - 1] + ranges.get(i - 1).length());
    List<IdArray> selected =
        sorted
            .mapPartitionsWithIndex(
                (range, ids) -> List.of(multiples(ids.next(), starts[range], size)).iterator(),
                true)
            .filter(ids -> ids.length() > 0)
            .collect();
    return selected.get(0).join(selected);
  }

  private static IdArray multiples(IdArray ids, long start, int size) {
    long first = (start + size - 1) / size * size - start;
    return ids.at(
        IntStream.iterate(
                (int) Math.min(first, ids.length()),
                i -> i < ids.length(),
                i -> size > ids.length() - i ? ids.length() : i + size)
            .toArray());
  }

  @Override
  public void close() {
    sorted.unpersist(false);
  }
}
