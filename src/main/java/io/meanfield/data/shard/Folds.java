package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Segments;
import io.meanfield.data.Split;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The folds of the training examples, which follow each other in the shards. They depend on the
 * examples and on the settings of the split alone. The examples of a {@link Segments segment}, and
 * so those of a group, are in one fold. Each fold has its share of each class, as nearly as
 * possible. Without segments, the sizes of folds differ by at most one example.
 *
 * @param ends the number of examples up to the end of each fold; empty without folds
 * @param starts the position in the split at which each run of examples begins that stay together;
 *     empty if a run is one example
 * @param places the place at which each run begins in the order of the folds; empty if all examples
 *     stay where they are
 */
@DefaultSerializer(JavaSerializer.class)
public record Folds(List<Long> ends, long[] starts, long[] places) implements Serializable {
  /** There are no folds. */
  public static final Folds NONE = new Folds(List.of(), new long[0], new long[0]);

  /** Returns the folds that a split has. */
  public static Folds of(Dataset data, Split split, ExampleTotals totals) {
    if (split.folds() == 1) {
      return NONE;
    }
    return data.segments()
        .map(segments -> segments.starts(split.training()))
        .map(starts -> ofSegments(starts, totals.counts(), split.folds()))
        .or(() -> totals.labels().map(labels -> stratified(labels, split.folds())))
        .orElseGet(
            () -> new Folds(equalEnds(split.training(), split.folds()), new long[0], new long[0]));
  }

  private static List<Long> equalEnds(long examples, int count) {
    return LongStream.rangeClosed(1, count)
        .map(end -> examples / count * end + Math.min(end, examples % count))
        .boxed()
        .toList();
  }

  /**
   * Deals the examples, class by class, to the folds in turn.
   *
   * @param classes the class of each example, in random order
   */
  static Folds stratified(int[] classes, int count) {
    List<Long> ends = equalEnds(classes.length, count);
    Folds folds = new Folds(ends, new long[0], new long[classes.length]);
    int[] byClass = // a stable sort
        IntStream.range(0, classes.length)
            .boxed()
            .sorted(Comparator.comparingInt(position -> classes[position]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank = 0; rank < byClass.length; rank++) {
      folds.places[byClass[rank]] = folds.begin(rank % count) + rank / count;
    }
    return folds;
  }

  /**
   * Gives each segment, the largest first, to the fold that has the fewest examples of its classes.
   *
   * @param starts the number of the first example of each segment
   * @param counts the number of examples of each class in each segment
   */
  static Folds ofSegments(long[] starts, long[][] counts, int count) {
    int[] folds = new Assignment(counts, count).folds();
    long[] places = new long[starts.length];
    Long[] ends = new Long[count];
    long next = 0;
    for (int fold = 0; fold < count; fold++) {
      for (int segment = 0; segment < folds.length; segment++) {
        if (folds[segment] == fold) {
          places[segment] = next;
          next += Arrays.stream(counts[segment]).sum();
        }
      }
      ends[fold] = next;
    }
    return new Folds(List.of(ends), starts, places);
  }

  /** The assignment of segments to folds. */
  private static final class Assignment {
    private final long[][] counts;
    private final long[] sizes;
    private final long[] classes; // the number of examples of each
    private final long[][] filled; // the number of examples of each class in each fold

    Assignment(long[][] counts, int folds) {
      this.counts = counts;
      this.sizes = Arrays.stream(counts).mapToLong(each -> Arrays.stream(each).sum()).toArray();
      this.classes = new long[counts[0].length];
      Arrays.setAll(classes, label -> Arrays.stream(counts).mapToLong(each -> each[label]).sum());
      this.filled = new long[folds][classes.length];
    }

    int[] folds() {
      int[] folds = new int[counts.length];
      IntStream.range(0, counts.length)
          .boxed()
          .sorted(Comparator.comparingLong(segment -> -sizes[segment])) // a stable sort
          .forEach(segment -> folds[segment] = fill(segment));
      return folds;
    }

    private int fill(int segment) {
      int best =
          IntStream.range(0, filled.length)
              .boxed()
              .min(
                  Comparator.comparingDouble((Integer fold) -> overlap(fold, segment))
                      .thenComparingLong(fold -> Arrays.stream(filled[fold]).sum()))
              .orElseThrow();
      Arrays.setAll(filled[best], label -> filled[best][label] + counts[segment][label]);
      return best;
    }

    /** Returns by how much the segment makes the shares of the classes in a fold uneven. */
    private double overlap(int fold, int segment) {
      return IntStream.range(0, classes.length)
          .filter(label -> counts[segment][label] > 0)
          .mapToDouble(
              label -> (double) filled[fold][label] * counts[segment][label] / classes[label])
          .sum();
    }
  }

  /** Returns the number of the run that has the example with a position. */
  static int run(long[] starts, long position) {
    int found = Arrays.binarySearch(starts, position);
    return found < 0 ? -2 - found : found;
  }

  private long begin(int number) {
    return number == 0 ? 0 : ends.get(number - 1);
  }

  /** Returns the number of examples of a fold. */
  public long size(int number) {
    return ends.get(number) - begin(number);
  }

  /** Returns the place of the training example with a position in the split. */
  long place(long position) {
    if (places.length == 0) {
      return position;
    }
    if (starts.length == 0) {
      return places[(int) position];
    }
    int run = run(starts, position);
    return places[run] + position - starts[run];
  }
}
