package io.meanfield.data.shard;

import io.meanfield.data.ExampleShuffle;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A split whose training examples are drawn so that all classes have the same size. Validation
 * examples do not change. The class of an example and its rank among the training examples of the
 * class determine its targets, so the result depends only on the data, the split and its seed. Used
 * on the driver and, in closures, on executors.
 */
public final class ResampledSplit implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long CLASS_PURPOSE = 0xBA1A;
  private static final long TRAINING_PURPOSE = 0xBA1B;

  private final Split split;
  private final long[] before;
  private final long each;
  private final long[][] ranksBefore;

  /**
   * Makes a resampled split.
   *
   * @param before the number of training examples per class
   * @param each the number of training examples per class after resampling; an empty class stays
   *     empty
   * @param ranksBefore for each partition and class, the number of training examples of the class
   *     in all earlier partitions
   */
  private ResampledSplit(Split split, long[] before, long each, long[][] ranksBefore) {
    this.split = split;
    this.before = before;
    this.each = each;
    this.ranksBefore = ranksBefore;
  }

  /** Returns the resampled split, from the counts per class of each partition. */
  static ResampledSplit of(Split split, Balance balance, List<long[]> counts) {
    long[] sum = new long[counts.get(0).length];
    long[][] ranksBefore = new long[counts.size()][];
    for (int partition = 0; partition < ranksBefore.length; partition++) {
      ranksBefore[partition] = sum.clone();
      long[] inPartition = counts.get(partition);
      Arrays.setAll(sum, cls -> sum[cls] + inPartition[cls]);
    }
    LongStream present = Arrays.stream(sum).filter(count -> count > 0);
    long each = (balance == Balance.UNDERSAMPLE ? present.min() : present.max()).orElse(0);
    return new ResampledSplit(split, sum, each, ranksBefore);
  }

  /** Returns the number of training examples per class after resampling, with repetitions. */
  public List<Long> classesAfter() {
    return Arrays.stream(before).map(count -> count > 0 ? each : 0).boxed().toList();
  }

  /** Returns the sizes of training and validation after balancing. */
  public Split sizes() {
    long training = classesAfter().stream().mapToLong(Long::longValue).sum();
    return new Split(
        training + split.validation(), split.validation(), split.workers(), split.seed());
  }

  /** Returns a cursor before the first block of a partition. */
  PartitionCursor cursor(int partition) {
    return new PartitionCursor(partition);
  }

  /** Visits the blocks of one partition in order and counts the examples of each class. */
  final class PartitionCursor {
    private final Split sizes = sizes();
    private final Permutation training =
        new Permutation(sizes.training(), Permutation.key(split.seed(), TRAINING_PURPOSE));
    private final Permutation[] ofClass = new Permutation[before.length];
    private final long[] firstOfClass = new long[before.length];
    private final long[] seen;

    private PartitionCursor(int partition) {
      this.seen = ranksBefore[partition].clone();
      long first = 0;
      for (int cls = 0; cls < before.length; cls++) {
        ofClass[cls] =
            new Permutation(before[cls], Permutation.key(split.seed(), CLASS_PURPOSE, cls));
        firstOfClass[cls] = first;
        first += before[cls] > 0 ? each : 0;
      }
    }

    /** Returns the router for the next block. */
    ExampleShuffle.Router targets(Examples block) {
      Permutation permutation = split.permutation();
      long[] draws = new long[block.count()];
      for (int row = 0; row < draws.length; row++) {
        int cls = block.label(row);
        draws[row] =
            split.isTraining(permutation.apply(block.ids()[row]))
                ? ofClass[cls].apply(seen[cls]++)
                : each;
      }
      return (row, target) -> {
        int cls = block.label(row);
        // Oversampling repeats the sequence of the examples of a class until it has enough.
        for (long draw = draws[row]; draw < each; draw += before[cls]) {
          long position = training.apply(firstOfClass[cls] + draw);
          target.accept(sizes.worker(position), sizes.row(position));
        }
      };
    }
  }
}
