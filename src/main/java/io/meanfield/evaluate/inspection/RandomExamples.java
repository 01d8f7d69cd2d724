package io.meanfield.evaluate.inspection;

import io.meanfield.data.Examples;
import io.meanfield.random.SplitMix64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/** Random examples that a seed and their ids determine, for every partitioning. Driver only. */
final class RandomExamples {
  private static final int MOST_NUMBERS = 4_000_000;

  private RandomExamples() {}

  /** Returns the place of an example, from 0 to 1, in a random order. */
  static double place(long seed, long id) {
    return SplitMix64.uniform(SplitMix64.mix(seed) + id * SplitMix64.GOLDEN_GAMMA);
  }

  /**
   * Returns about {@code most} examples in a random order; fewer if they are wide.
   *
   * @param count the number of all examples
   * @param width the number of inputs
   */
  static Examples of(JavaRDD<Examples> all, long count, int width, int most, long seed) {
    int drawable = Math.max(1, Math.min(most, MOST_NUMBERS / width));
    double share = Math.min(1, (double) drawable / Math.max(1, count));
    List<Examples> drawn =
        new ArrayList<>(all.flatMap(block -> drawn(block, share, seed).iterator()).collect());
    if (drawn.isEmpty()) {
      return Examples.empty();
    }
    drawn.sort(Comparator.comparingDouble(example -> place(seed, example.ids()[0])));
    Examples sample = drawn.get(0).allocate(drawn.size());
    for (int row = 0; row < drawn.size(); row++) {
      drawn.get(row).copyTo(sample, 0, row);
    }
    return sample;
  }

  private static List<Examples> drawn(Examples block, double share, long seed) {
    return IntStream.range(0, block.count())
        .filter(row -> place(seed, block.ids()[row]) < share)
        .mapToObj(row -> one(block, row))
        .toList();
  }

  private static Examples one(Examples block, int row) {
    Examples one = block.allocate(1);
    block.copyTo(one, row, 0);
    return one;
  }
}
