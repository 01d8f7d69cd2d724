package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Maps examples to the numbers 0 … count-1, which splits and shuffles work on. */
public sealed interface IdIndex extends Serializable {
  /**
   * Returns the rank of an example among all examples, by their ids, from 0.
   *
   * @param block a block of the data set, as it was read
   */
  long of(Examples block, int row);

  /** Ranks that follow from the ids alone. */
  sealed interface ById extends IdIndex {
    /** Returns the rank of an id among all ids, from 0. */
    long of(long id);

    /** Returns the id with this rank. */
    long idOf(long rank);

    @Override
    default long of(Examples block, int row) {
      return of(block.ids()[row]);
    }
  }

  /** Ids that are positions already. */
  @DefaultSerializer(JavaSerializer.class)
  record Identity() implements ById {
    @Override
    public long of(long id) {
      return id;
    }

    @Override
    public long idOf(long rank) {
      return rank;
    }
  }

  /**
   * Ids that are positions in a table of which some rows were skipped. Costs eight bytes per
   * skipped row on the driver and on every executor, whose tasks share them.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Gaps(Broadcast<SkippedPositions> skipped) implements ById {
    @Override
    public long of(long id) {
      return skipped.value().rank(id);
    }

    @Override
    public long idOf(long rank) {
      return skipped.value().position(rank);
    }
  }

  /**
   * Ranks of the examples that a split sets aside for tests; the others have negative ranks.
   *
   * @param all the ranks of all examples
   */
  @DefaultSerializer(JavaSerializer.class)
  record Test(IdIndex all, Split split) implements IdIndex {
    @Override
    public long of(Examples block, int row) {
      return split.permutation().apply(all.of(block, row)) - (split.examples() - split.test());
    }

    /** Returns the test examples of a block. */
    Examples select(Examples block) {
      long[] positions = new long[block.count()];
      Arrays.setAll(positions, row -> all.of(block, row));
      split.permutation().applyAll(positions);
      int[] rows =
          IntStream.range(0, positions.length)
              .filter(row -> split.isTest(positions[row]))
              .toArray();
      Examples selected = block.allocate(rows.length);
      for (int to = 0; to < rows.length; to++) {
        block.copyTo(selected, rows[to], to);
      }
      return selected;
    }
  }

  /** Returns the index of ids that are positions, without those that no example has. */
  static ById ofPositions(JavaSparkContext spark, SkippedPositions skipped) {
    return skipped.isEmpty() ? new Identity() : new Gaps(spark.broadcast(skipped));
  }

  /**
   * Ranks of arbitrary ids. Costs eight bytes per example on the driver and on every executor, and
   * a binary search for each example that is shuffled.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Sorted(Broadcast<long[]> sorted) implements ById {
    @Override
    public long of(long id) {
      return Arrays.binarySearch(sorted.value(), id);
    }

    @Override
    public long idOf(long rank) {
      return sorted.value()[Math.toIntExact(rank)];
    }
  }

  /**
   * Ranks of blocks whose examples are sorted by their ids.
   *
   * @param firstIds the first id of each block, in ascending order
   * @param size the number of examples of a block; the last block may have fewer
   */
  @DefaultSerializer(JavaSerializer.class)
  record Blocks(long[] firstIds, int size) implements IdIndex {
    @Override
    public long of(Examples block, int row) {
      return Arrays.binarySearch(firstIds, block.ids()[0]) * (long) size + row;
    }
  }
}
