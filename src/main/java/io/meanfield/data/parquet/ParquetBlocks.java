package io.meanfield.data.parquet;

import io.meanfield.data.ExampleShuffle;
import io.meanfield.data.Examples;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Shuffles the examples of a table, in any pieces, into blocks that are sorted by id. */
final class ParquetBlocks {
  private ParquetBlocks() {}

  /**
   * Returns the blocks in the order of their ids, one or more in each partition.
   *
   * @param pieces examples whose ids are integers or, with external ids, are not known yet
   * @param firstIds the first id of each block
   * @param size the number of examples per block; the last block may have fewer
   * @param count the number of all examples
   * @param display the name of the table in messages
   */
  static JavaRDD<Examples> sorted(
      JavaRDD<Examples> pieces, IdArray firstIds, int size, long count, String display) {
    return sorted(pieces, firstIds, size, count, display, BucketShuffle.MOST_TASKS);
  }

  static JavaRDD<Examples> sorted(
      JavaRDD<Examples> pieces,
      IdArray firstIds,
      int size,
      long count,
      String display,
      int mostTasks) {
    return BucketShuffle.of(
            pieces.flatMapToPair(piece -> partition(piece, firstIds).iterator()),
            firstIds.length(),
            mostTasks)
        .map(
            block -> {
              long first = (long) block.number() * size;
              int expected = (int) Math.min(size, count - first);
              return assemble(block.slices(), first, expected, display);
            });
  }

  private static List<Tuple2<Integer, ExampleShuffle.ExampleSlice>> partition(
      Examples piece, IdArray firstIds) {
    IdArray ids = ids(piece);
    int[] blocks = new int[piece.count()];
    // An id below all others was not there before; its block has too many examples then.
    Arrays.setAll(blocks, row -> Math.max(0, firstIds.countUpTo(ids, row) - 1));
    return ExampleShuffle.partition(
        piece, firstIds.length(), (row, target) -> target.accept(blocks[row], row));
  }

  private static IdArray ids(Examples examples) {
    return examples.externalIds().length > 0
        ? new IdArray.Names(examples.externalIds())
        : new IdArray.Numbers(examples.ids());
  }

  private static Examples assemble(
      List<ExampleShuffle.ExampleSlice> slices, long first, int expected, String display) {
    List<Examples> parts = slices.stream().map(ExampleShuffle.ExampleSlice::examples).toList();
    if (parts.stream().mapToInt(Examples::count).sum() != expected) {
      throw changed(display);
    }
    List<IdArray> ids = parts.stream().map(ParquetBlocks::ids).toList();
    IdArray sorted = ids.get(0).join(ids).sorted();
    if (sorted.repeated().isPresent()) {
      throw changed(display);
    }
    Examples block = parts.get(0).allocate(expected);
    for (int part = 0; part < parts.size(); part++) {
      for (int row = 0; row < parts.get(part).count(); row++) {
        parts.get(part).copyTo(block, row, sorted.countUpTo(ids.get(part), row) - 1);
      }
    }
    return block.externalIds().length > 0 ? ranked(block, first) : block;
  }

  /** Returns the same examples, whose ids are ranks. */
  private static Examples ranked(Examples block, long first) {
    long[] ranks = new long[block.count()];
    Arrays.setAll(ranks, row -> first + row);
    return new Examples(
        ranks, block.externalIds(), block.features(), block.targets(), block.weights());
  }

  /** Returns the error of rows that are not the same each time. */
  static UserException changed(String display) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        display
            + " does not have all rows that it had when the ids were read; "
            + ParquetIds.SAME_ROWS);
  }
}
