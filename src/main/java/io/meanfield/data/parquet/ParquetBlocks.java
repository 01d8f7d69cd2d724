package io.meanfield.data.parquet;

import io.meanfield.data.Examples;
import io.meanfield.data.IdIndex;
import io.meanfield.data.shard.ExampleShuffle;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Shuffles the examples that Spark has read, in any pieces, into blocks of consecutive examples.
 */
final class ParquetBlocks {
  private ParquetBlocks() {}

  /**
   * Returns the blocks, one per partition.
   *
   * @param size the number of examples per block; the last block may have fewer
   * @param count the number of all examples
   * @param display the name of the table in messages
   */
  static JavaRDD<Examples> of(
      JavaRDD<Examples> pieces, IdIndex positions, int size, long count, String display) {
    int blocks = Math.toIntExact((count + size - 1) / size);
    return pieces
        .flatMapToPair(piece -> partition(piece, positions, size, blocks).iterator())
        .partitionBy(new HashPartitioner(blocks)) // an Integer's hash is its value
        .mapPartitionsWithIndex(
            (block, slices) ->
                List.of(assemble(slices, Math.min(size, count - (long) block * size), display))
                    .iterator(),
            true);
  }

  private static List<Tuple2<Integer, ExampleShuffle.ExampleSlice>> partition(
      Examples piece, IdIndex positions, int size, int blocks) {
    return ExampleShuffle.partition(
        piece,
        blocks,
        (row, target) -> {
          long position = positions.of(piece.ids()[row]);
          target.accept((int) (position / size), (int) (position % size));
        });
  }

  private static Examples assemble(
      Iterator<Tuple2<Integer, ExampleShuffle.ExampleSlice>> slices, long size, String display) {
    ExampleShuffle.ShardBuilder builder = new ExampleShuffle.ShardBuilder((int) size);
    slices.forEachRemaining(slice -> builder.add(slice._2()));
    if (!builder.isComplete()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display
              + " does not have all rows that it had when the ids were read; "
              + ParquetIds.SAME_ROWS);
    }
    return builder.complete("a block of " + display);
  }
}
