package io.meanfield.data.parquet;

import io.meanfield.data.IdIndex;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The ids of a table's rows and their order; driver only.
 *
 * @param rows assigns ids to the rows as they are read
 * @param order of the ids; empty if they are positions in the files
 * @param arePositions whether the ids are the positions of the examples, without gaps
 */
record TableIds(ParquetIds rows, Optional<IdOrder> order, boolean arePositions) {
  /** Returns ids that are positions in the files. */
  static TableIds ofPositions(ParquetIds rows) {
    return new TableIds(rows, Optional.empty(), true);
  }

  /** Returns the first id of each block. */
  IdArray firstIds(int size, long count) {
    return order
        .map(ids -> ids.every(size))
        .orElseGet(
            () ->
                new IdArray.Numbers(
                    LongStream.range(0, (count + size - 1) / size)
                        .map(block -> rows.assigner().positions().idOf(block * size))
                        .toArray()));
  }

  /** Returns the index of examples in blocks that begin with these ids. */
  IdIndex index(IdArray firstIds, int size) {
    if (order.isEmpty()) {
      return rows.assigner().positions();
    }
    // Names are numbered by their ranks.
    return firstIds instanceof IdArray.Numbers numbers && !arePositions
        ? new IdIndex.Blocks(numbers.ids(), size)
        : new IdIndex.Identity();
  }

  /** Frees the order. */
  void close() {
    order.ifPresent(IdOrder::close);
  }
}
