package io.meanfield.data.frame;

import io.meanfield.data.frame.packed.ChunkDivider;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.RowPacker;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table, which Spark reads and shuffles once as bytes, into partitions by the first
 * bits of their keys: every job after the first one reads the files of that shuffle. Driver only.
 */
final class ShuffledRows {
  private static final int FEW_PARTITIONS = 128; // which Spark writes without sorting
  private static final int BLOCKS_OF_A_PARTITION = 8;

  private final ColumnKind[] kinds;
  private final JavaPairRDD<Integer, byte[]> packed;
  // The packed rows in fewer partitions, by their number.
  private final Map<Integer, JavaPairRDD<Integer, byte[]>> groupings;

  private ShuffledRows(
      ColumnKind[] kinds,
      JavaPairRDD<Integer, byte[]> packed,
      Map<Integer, JavaPairRDD<Integer, byte[]>> groupings) {
    this.kinds = kinds;
    this.packed = packed;
    this.groupings = groupings;
  }

  /** Returns the kinds of the selected columns. */
  ColumnKind[] kinds() {
    return kinds;
  }

  /**
   * Shuffles columns of a table.
   *
   * @param kept columns after the selected ones that neither number nor divide the rows
   * @param key by which the rows are numbered; empty for a hash of their content
   */
  static ShuffledRows of(
      Table table, List<Column> selected, List<Column> kept, Optional<Column> key) {
    List<Column> all = Stream.concat(selected.stream(), kept.stream()).toList();
    Dataset<Row> frame = table.select(all, key.stream().toList());
    ColumnKind[] kinds = Arrays.copyOf(ColumnKind.of(frame.schema()), all.size());
    // The number of columns that a key is computed of where none is selected.
    int content = selected.size() - table.places().size();
    JavaPairRDD<Integer, byte[]> packed =
        Table.rows(frame)
            .mapPartitionsToPair(rows -> new RowPacker(rows, kinds, content, FEW_PARTITIONS))
            .partitionBy(new HashPartitioner(FEW_PARTITIONS)); // an Integer's hash is its value
    return new ShuffledRows(kinds, packed, groupings(packed));
  }

  private static Map<Integer, JavaPairRDD<Integer, byte[]>> groupings(
      JavaPairRDD<Integer, byte[]> packed) {
    Map<Integer, JavaPairRDD<Integer, byte[]>> groupings = new HashMap<>();
    for (int groups = 1; groups <= FEW_PARTITIONS; groups *= 2) {
      JavaPairRDD<Integer, byte[]> grouped = packed.coalesce(groups);
      // Spark groups neighbours while it does not know yet where the shuffled rows are.
      groupings.put(grouped.getNumPartitions(), grouped);
    }
    return groupings;
  }

  /** Looks at all rows. */
  FrameScan scan(FrameScan.Layout layout) {
    ColumnKind[] all = kinds;
    return packed
        .coalesce(SortedRows.TASKS_OF_A_CORE * packed.context().defaultParallelism())
        .mapPartitions(chunks -> List.of(layout.scan(chunks, all)).iterator())
        .treeReduce(FrameScan::plus);
  }

  /**
   * Returns the packed rows in partitions of some blocks, whose number depends on that of the
   * blocks alone. Spark shuffles the rows of a large table a second time.
   */
  JavaPairRDD<Integer, byte[]> partitions(long blocks) {
    if (blocks > BLOCKS_OF_A_PARTITION * FEW_PARTITIONS) {
      int most = (int) Math.min(RowPacker.MOST_PARTITIONS, Long.highestOneBit(blocks));
      return packed
          .mapPartitionsToPair(chunks -> new ChunkDivider(chunks, most))
          .partitionBy(new HashPartitioner(most));
    }
    return groupings.get((int) Math.min(FEW_PARTITIONS, Long.highestOneBit(blocks)));
  }
}
