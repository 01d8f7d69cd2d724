package io.meanfield.data.parquet;

import io.meanfield.data.Examples;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.FileLayout;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Parquet files whose columns are read into arrays, without Spark's rows; driver only.
 *
 * @param files in the order of their rows in the data set
 */
record FlatTable(
    JavaSparkContext spark,
    FlatColumns columns,
    List<FileLayout> files,
    Broadcast<SerializableConfiguration> hadoop) {
  /** A task reads so many blocks at least, unless cores would have nothing to read. */
  private static final int TASK_BLOCKS = 8;

  private static final int TASKS_OF_A_CORE = 4;

  // The order in which Spark sorts strings, so that it is that of the column with the paths.
  private static final Comparator<FileLayout> BY_PATH =
      (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

  private static byte[] bytes(FileLayout layout) {
    return layout.file().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the metadata of files.
   *
   * @param paths the files as URIs
   * @return empty if the files do not all have the columns with the same types, or if the metadata
   *     of one cannot be read
   */
  static Optional<FlatTable> of(String[] paths, FlatColumns columns, JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    List<FileColumn> read = columns.read();
    List<FileLayout> files =
        spark
            .parallelize(
                List.of(paths),
                Math.max(1, Math.min(paths.length, TASKS_OF_A_CORE * spark.defaultParallelism())))
            .map(path -> FileLayout.of(path, read, hadoop.value().value()))
            .collect();
    return files.stream().allMatch(FileLayout::usable)
        ? Optional.of(
            new FlatTable(spark, columns, files.stream().sorted(BY_PATH).toList(), hadoop))
        : Optional.empty();
  }

  long count() {
    return files.stream().mapToLong(FileLayout::rows).sum();
  }

  /** Returns the examples in blocks, in the order of the rows; a task reads one or more of them. */
  JavaRDD<Examples> blocks(ParquetExampleReader examples) {
    FlatExampleReader reader = new FlatExampleReader(examples, columns);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return ranges(examples.blockSize())
        .mapPartitions(part -> reader.read(part.next(), configuration.value().value()));
  }

  /** Returns statistics of the training rows. */
  TableStatistics statistics(ParquetValues values, TrainingRows training, long origin) {
    FlatStatisticsReader reader = statisticsReader(values);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups()
        .map(range -> reader.read(range, training, origin, configuration.value().value()))
        .reduce(TableStatistics::plus);
  }

  /** Returns the rows with their ids, in any pieces, for statistics; only if ids are a column. */
  JavaRDD<StatisticsRows> statisticsRows(ParquetValues values) {
    FlatStatisticsReader reader = statisticsReader(values);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups().mapPartitions(part -> reader.rows(part.next(), configuration.value().value()));
  }

  private FlatStatisticsReader statisticsReader(ParquetValues values) {
    return new FlatStatisticsReader(
        values, columns.ofStatistics(values.columns().schema(), values.rules()));
  }

  /** Returns the ids of the rows, in any pieces; only if they are a column. */
  JavaRDD<IdArray> ids() {
    List<FileColumn> id = List.of(columns.read().get(columns.indexes().get(0)));
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups()
        .mapPartitions(
            part -> {
              RowRange range = part.next();
              return FlatIds.read(range, id, configuration.value().value());
            });
  }

  /**
   * Returns the same blocks, each in a partition of its own if there are so few row groups that
   * cores would have nothing to do with the examples.
   */
  JavaRDD<Examples> spread(JavaRDD<Examples> read, int blockSize) {
    int blocks = Math.toIntExact((count() + blockSize - 1) / blockSize);
    if (read.getNumPartitions() >= Math.min(blocks, spark.defaultParallelism())) {
      return read;
    }
    return read.mapToPair(block -> new Tuple2<>((int) (block.ids()[0] / blockSize), block))
        .partitionBy(new HashPartitioner(blocks)) // an Integer's hash is its value
        .values();
  }

  /** Returns ranges of whole row groups, for what does not depend on the division into blocks. */
  private JavaRDD<RowRange> groups() {
    return ranges(1, TASK_BLOCKS * (long) RowRangeReader.MAX_ROWS);
  }

  private JavaRDD<RowRange> ranges(int blockSize) {
    return ranges(blockSize, TASK_BLOCKS * (long) blockSize);
  }

  private JavaRDD<RowRange> ranges(int blockSize, long most) {
    // Only the number of tasks depends on the cluster; blocks are the same.
    long fair = count() / (TASKS_OF_A_CORE * (long) spark.defaultParallelism());
    long least = Math.max(1, Math.min(most, fair));
    List<RowRange> ranges = RowRange.divide(files, blockSize, least);
    return spark.parallelize(ranges, ranges.size());
  }
}
