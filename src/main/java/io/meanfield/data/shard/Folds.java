package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Segments;
import io.meanfield.data.Split;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import scala.Tuple2;

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

  // The places of all examples travel with each task. Of more examples, folds at random have nearly
  // the same share of each class.
  private static final int MOST_STRATIFIED = 1 << 20;

  /** The classes of training examples, which are at these positions in the split. */
  @DefaultSerializer(JavaSerializer.class)
  private record Labels(long[] positions, int[] classes) implements Serializable {}

  /** The training examples of a class in a segment. */
  @DefaultSerializer(JavaSerializer.class)
  private record SegmentClass(int segment, int label) implements Serializable {}

  /** Returns the folds that a split has. Reads every class if the folds depend on them. */
  public static Folds of(Dataset data, Split split) {
    if (split.folds() == 1) {
      return NONE;
    }
    Optional<Segments> segments = data.segments();
    if (segments.isPresent()) {
      long[] starts = segments.get().starts(split.training());
      return ofSegments(starts, counts(data, starts, split.training()), split.folds());
    }
    return data.targetKind().isClass() && split.training() <= MOST_STRATIFIED
        ? stratified(classes(data, split), split.folds())
        : new Folds(equalEnds(split.training(), split.folds()), new long[0], new long[0]);
  }

  private static List<Long> equalEnds(long examples, int count) {
    return LongStream.rangeClosed(1, count)
        .map(end -> examples / count * end + Math.min(end, examples % count))
        .boxed()
        .toList();
  }

  /** Returns the class of each training example, by its position in the split. */
  private static int[] classes(Dataset data, Split split) {
    int[] classes = new int[(int) split.training()];
    for (Labels labels : data.blocks().map(block -> labels(block, split)).collect()) {
      for (int row = 0; row < labels.classes().length; row++) {
        classes[(int) labels.positions()[row]] = labels.classes()[row];
      }
    }
    return classes;
  }

  private static Labels labels(Examples block, Split split) {
    long[] positions = block.ids().clone();
    split.permutation().applyAll(positions);
    int[] rows =
        IntStream.range(0, positions.length)
            .filter(row -> split.isTraining(positions[row]))
            .toArray();
    return new Labels(
        Arrays.stream(rows).mapToLong(row -> positions[row]).toArray(),
        Arrays.stream(rows).map(block::label).toArray());
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

  /** Returns the number of examples of each class in each segment; of one class without classes. */
  private static long[][] counts(Dataset data, long[] starts, long training) {
    boolean areClasses = data.targetKind().isClass();
    List<Tuple2<SegmentClass, Long>> found =
        data.blocks()
            .flatMapToPair(block -> counts(block, starts, training, areClasses).iterator())
            .reduceByKey(Long::sum)
            .collect();
    int classes = 1 + found.stream().mapToInt(count -> count._1().label()).max().orElse(0);
    long[][] counts = new long[starts.length][classes];
    found.forEach(count -> counts[count._1().segment()][count._1().label()] = count._2());
    return counts;
  }

  private static List<Tuple2<SegmentClass, Long>> counts(
      Examples block, long[] starts, long training, boolean areClasses) {
    Map<SegmentClass, Long> counts = new HashMap<>();
    for (int row = 0; row < block.count(); row++) {
      if (block.ids()[row] < training) {
        int segment = run(starts, block.ids()[row]);
        counts.merge(new SegmentClass(segment, areClasses ? block.label(row) : 0), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .map(count -> new Tuple2<>(count.getKey(), count.getValue()))
        .toList();
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

  private static int run(long[] starts, long position) {
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
