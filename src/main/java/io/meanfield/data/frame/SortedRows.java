package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * The rows of a table in their order, which Spark shuffles once: every job after the first one
 * reads the files of that shuffle. Driver only.
 */
record SortedRows(JavaRDD<InternalRow> rows, Reading reading) {
  private static final int MOST_PARTITIONS = 4096;
  private static final int TASKS_OF_A_CORE = 4;

  /**
   * How the rows of a partition are read; travels to executors.
   *
   * @param kinds of the columns
   * @param starts the number of the first row of each partition
   * @param isFiltered whether rows that cannot be used are left out
   */
  @DefaultSerializer(JavaSerializer.class)
  record Reading(RowCheck check, List<SparkCells.Kind> kinds, long[] starts, boolean isFiltered)
      implements Serializable {
    RowCursor open(Iterator<InternalRow> rows) {
      return new RowCursor(
          rows, new SparkCells(kinds), isFiltered ? Optional.of(check) : Optional.empty());
    }
  }

  /**
   * Sorts the rows of a table; reads all of it.
   *
   * @param count the number of rows, about; the number of partitions follows from it
   * @param size the number of rows of a block
   */
  static SortedRows of(
      Table table, List<Column> selected, RowOrder order, long count, int size, RowCheck check) {
    long blocks = Math.max(1, (count + size - 1) / size);
    int partitions = (int) Math.min(MOST_PARTITIONS, Long.highestOneBit(blocks));
    long blocksOfPartition = (blocks + partitions - 1) / partitions;
    Dataset<Row> sorted = order.sort(table.frame(), selected, partitions, blocksOfPartition * size);
    return new SortedRows(
        internal(sorted),
        new Reading(check, SparkCells.Kind.of(sorted.schema()), new long[0], false));
  }

  // In Spark 4, the method belongs to a subclass of Dataset.
  private static JavaRDD<InternalRow> internal(Dataset<Row> frame) {
    try {
      Object execution = frame.getClass().getMethod("queryExecution").invoke(frame);
      return ((QueryExecution) execution).toRdd().toJavaRDD();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checks all rows, and finds the different categories and labels. */
  RowsSummary summary() {
    int partitions = rows.getNumPartitions();
    Reading opened = reading;
    return rows.mapPartitionsWithIndex(
            (partition, part) ->
                List.of(
                        RowsSummary.of(
                            opened.check(), opened.open(part), new long[partitions], partition))
                    .iterator(),
            true)
        .treeReduce(RowsSummary::plus);
  }

  /** Returns the rows that can be used. */
  SortedRows usable(RowsSummary summary) {
    long[] starts = new long[summary.rows().length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + summary.rows()[i - 1];
    }
    return new SortedRows(
        rows, new Reading(reading.check(), reading.kinds(), starts, summary.skipped().count() > 0));
  }

  /** Returns statistics of the training rows. */
  TableStatistics statistics(StatisticsRequest request, TrainingRows training) {
    Reading opened = reading;
    return rows.mapPartitionsWithIndex(
            (partition, part) ->
                List.of(new RowStatistics.Part(opened.open(part), opened.starts()[partition]))
                    .iterator(),
            true)
        // Statistics of few rows are not much smaller than the rows.
        .coalesce(TASKS_OF_A_CORE * rows.context().defaultParallelism())
        .mapPartitions(
            parts ->
                List.of(RowStatistics.of(opened.check().values(), parts, request.start(), training))
                    .iterator())
        .treeReduce(TableStatistics::plus);
  }

  /** Returns the examples in blocks, in their order. */
  JavaRDD<Examples> blocks(RowReader reader) {
    Reading opened = reading;
    return rows.mapPartitionsWithIndex(
        (partition, part) ->
            new BlockIterator(opened.open(part), reader, opened.starts()[partition]),
        true);
  }
}
