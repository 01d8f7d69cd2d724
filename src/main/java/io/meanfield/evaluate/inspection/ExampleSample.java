package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/** Fetches a few examples to the driver. Driver only. */
final class ExampleSample {
  /** The largest number of examples that the driver needs. */
  static final int MOST_EXAMPLES = 10_000;

  private static final int MOST_NUMBERS = 4_000_000;

  private ExampleSample() {}

  /** Rows of a block. */
  @DefaultSerializer(JavaSerializer.class)
  private record Rows(Examples examples, int[] rows) implements Serializable {
    /** Returns the rows as a block of their own. */
    Examples copy() {
      Examples copy = examples.allocate(rows.length);
      for (int row = 0; row < rows.length; row++) {
        examples.copyTo(copy, rows[row], row);
      }
      return copy;
    }
  }

  /**
   * Returns about {@code most} random examples that the seed and their ids determine; fewer if they
   * are wide.
   *
   * @param count the number of all examples
   * @param width the number of inputs
   */
  static Examples random(JavaRDD<Examples> all, long count, int width, int most, long seed) {
    int drawable = Math.max(1, Math.min(most, MOST_NUMBERS / width));
    double share = Math.min(1, (double) drawable / Math.max(1, count));
    List<Examples> drawn =
        all.map(block -> drawn(block, share, seed).copy())
            .filter(block -> block.count() > 0)
            .collect();
    return inOrder(drawn, seed);
  }

  private static Rows drawn(Examples block, double share, long seed) {
    return new Rows(
        block,
        IntStream.range(0, block.count())
            .filter(row -> SampleKind.place(seed, block.ids()[row]) < share)
            .toArray());
  }

  /** Returns the examples with these ids, in any order. */
  static List<Examples> named(JavaRDD<Examples> all, Set<Long> ids) {
    long[] sorted = ids.stream().mapToLong(Long::longValue).sorted().toArray();
    return all.map(block -> named(block, sorted).copy())
        .filter(block -> block.count() > 0)
        .collect();
  }

  private static Rows named(Examples block, long[] sorted) {
    return new Rows(
        block,
        IntStream.range(0, block.count())
            .filter(row -> Arrays.binarySearch(sorted, block.ids()[row]) >= 0)
            .toArray());
  }

  // In the random order, so that the first examples are a random sample, too.
  private static Examples inOrder(List<Examples> blocks, long seed) {
    record Row(Examples block, int row) {}
    if (blocks.isEmpty()) {
      return Examples.empty();
    }
    List<Row> rows = new ArrayList<>();
    blocks.forEach(
        block -> IntStream.range(0, block.count()).forEach(row -> rows.add(new Row(block, row))));
    rows.sort(
        Comparator.comparingDouble(
            (Row row) -> SampleKind.place(seed, row.block().ids()[row.row()])));
    Examples all = blocks.get(0).allocate(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      rows.get(row).block().copyTo(all, rows.get(row).row(), row);
    }
    return all;
  }
}
