package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.table.Moments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What folds, balanced classes and weights depend on, from one pass over all examples. The order of
 * the examples does not change it.
 */
@DefaultSerializer(JavaSerializer.class)
public final class ExampleTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  // The classes of all examples are on the driver, and the places of all examples travel with each
  // task. Of more examples, folds at random have nearly the same share of each class.
  private static final int MOST_LABELS = 1 << 20;

  private final List<Labels> labels = new ArrayList<>();
  // The number of training examples of each class in each segment; a row ends at its last class.
  private final long[][] counts;
  private final Moments trainingWeights = new Moments();
  private final Moments validationWeights = new Moments();

  /** The classes of training examples, which are at these positions in the split. */
  @DefaultSerializer(JavaSerializer.class)
  private record Labels(long[] positions, int[] classes) implements Serializable {}

  /**
   * A pass over all examples.
   *
   * @param starts the number of the first example of each segment; one segment without folds
   * @param keepsLabels whether to keep the class of each training example
   * @param countsClasses whether to count the training examples of each class in each segment
   * @param hasClasses whether examples have classes; otherwise all are of one
   * @param isWeighted whether to add up the weights
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Pass(
      Split split,
      long[] starts,
      boolean keepsLabels,
      boolean countsClasses,
      boolean hasClasses,
      boolean isWeighted)
      implements Serializable {
    static Pass of(Dataset data, Split split, Balance balance) {
      boolean hasFolds = split.folds() > 1;
      boolean hasSegments = hasFolds && data.segments().isPresent();
      boolean hasClasses = data.targetKind().isClass();
      return new Pass(
          split,
          hasSegments ? data.segments().orElseThrow().starts(split.training()) : new long[1],
          hasFolds && !hasSegments && hasClasses && split.training() <= MOST_LABELS,
          hasSegments || (hasClasses && balance != Balance.NONE),
          hasClasses,
          data.isWeighted());
    }

    boolean isNeeded() {
      return keepsLabels || countsClasses || isWeighted;
    }

    ExampleTotals over(Iterator<Examples> blocks) {
      ExampleTotals totals = new ExampleTotals(starts.length);
      blocks.forEachRemaining(block -> add(block, totals));
      return totals;
    }

    private void add(Examples block, ExampleTotals totals) {
      long[] positions = block.ids().clone();
      split.permutation().applyAll(positions);
      int[] training = rows(block, row -> split.isTraining(positions[row]));
      if (keepsLabels) {
        totals.labels.add(
            new Labels(
                Arrays.stream(training).mapToLong(row -> positions[row]).toArray(),
                Arrays.stream(training).map(block::label).toArray()));
      }
      if (countsClasses) {
        for (int row : training) {
          totals.add(Folds.run(starts, block.ids()[row]), hasClasses ? block.label(row) : 0);
        }
      }
      if (isWeighted) {
        totals.trainingWeights.add(weights(block, training));
        totals.validationWeights.add(
            weights(
                block,
                rows(
                    block,
                    row -> !split.isTraining(positions[row]) && !split.isTest(positions[row]))));
      }
    }

    private static int[] rows(Examples block, IntPredicate isChosen) {
      return IntStream.range(0, block.count()).filter(isChosen).toArray();
    }

    private static double[] weights(Examples block, int[] rows) {
      return Arrays.stream(rows).mapToDouble(block::weight).toArray();
    }
  }

  private ExampleTotals(int segments) {
    this.counts = new long[segments][0];
  }

  /**
   * Returns the totals of a data set. Reads no example if nothing depends on them.
   *
   * @param split of the data set
   */
  public static ExampleTotals of(Dataset data, Split split, Balance balance) {
    Pass pass = Pass.of(data, split, balance);
    return pass.isNeeded()
        ? data.blocks()
            .mapPartitions(blocks -> List.of(pass.over(blocks)).iterator())
            .treeReduce(ExampleTotals::plus)
        : pass.over(List.<Examples>of().iterator());
  }

  private void add(int segment, int label) {
    counts[segment] = longer(counts[segment], label + 1);
    counts[segment][label]++;
  }

  private static long[] longer(long[] classes, int count) {
    return classes.length < count ? Arrays.copyOf(classes, count) : classes;
  }

  private ExampleTotals plus(ExampleTotals other) {
    labels.addAll(other.labels);
    for (int segment = 0; segment < counts.length; segment++) {
      long[] others = other.counts[segment];
      long[] sums = longer(counts[segment], others.length);
      for (int label = 0; label < others.length; label++) {
        sums[label] += others[label];
      }
      counts[segment] = sums;
    }
    trainingWeights.add(other.trainingWeights);
    validationWeights.add(other.validationWeights);
    return this;
  }

  /**
   * Returns the class of each training example by its position in the split; empty if folds do not
   * depend on it.
   */
  Optional<int[]> labels() {
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    int[] classes = new int[labels.stream().mapToInt(each -> each.classes().length).sum()];
    for (Labels each : labels) {
      for (int row = 0; row < each.classes().length; row++) {
        classes[(int) each.positions()[row]] = each.classes()[row];
      }
    }
    return Optional.of(classes);
  }

  /**
   * Returns the number of training examples of each class in each segment; of one class without
   * classes.
   */
  long[][] counts() {
    int classes = Arrays.stream(counts).mapToInt(each -> each.length).max().orElse(0);
    return Arrays.stream(counts).map(each -> longer(each, classes)).toArray(long[][]::new);
  }

  /** Returns the number of training examples of each of a number of classes. */
  long[] counts(int classes) {
    long[] sums = new long[classes];
    for (long[] segment : counts) {
      for (int label = 0; label < segment.length; label++) {
        sums[label] += segment[label];
      }
    }
    return sums;
  }

  /** Returns the sum of the weights of the training examples. */
  double trainingWeight() {
    return trainingWeights.sum();
  }

  /** Returns the sum of the weights of the validation examples. */
  double validationWeight() {
    return validationWeights.sum();
  }
}
