package io.meanfield.data.parquet;

import io.meanfield.data.Examples;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.FileLayout;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Parquet files whose columns are read into arrays, without Spark's rows; driver only. */
record FlatTable(
    JavaSparkContext spark,
    FlatColumns columns,
    FileLayouts layouts,
    Broadcast<SerializableConfiguration> hadoop) {
  /** A task reads so many blocks at least, unless cores would have nothing to read. */
  private static final int TASK_BLOCKS = 8;

  private static final int TASKS_OF_A_CORE = 4;

  // More would give the driver more results and take no less time.
  private static final int MOST_TASKS_OF_A_CORE = 16;

  /**
   * Reads the metadata of files.
   *
   * @param paths the files as URIs; none if Spark has the rows in its cache
   * @return empty if there are no files or no columns, if one is a partition column, if the files
   *     do not all have the columns with the same types, or if the metadata of one cannot be read
   */
  static Optional<FlatTable> of(String[] paths, FlatColumns columns, JavaSparkContext spark) {
    if (paths.length == 0 || columns.read().isEmpty() || !columns.areInFiles(paths)) {
      return Optional.empty();
    }
    Broadcast<SerializableConfiguration> hadoop = FileLayouts.hadoop(spark);
    List<FileColumn> read = columns.read();
    FileLayouts layouts =
        FileLayouts.of(paths, spark, path -> FileLayout.of(path, read, hadoop.value().value()));
    return layouts.areUsable()
        ? Optional.of(new FlatTable(spark, columns, layouts, hadoop))
        : Optional.empty();
  }

  private long count() {
    return layouts.count();
  }

  /** Returns the length of the first array, or bytes, of a column; empty if no row has any. */
  Optional<Integer> length(String column) {
    FileColumn read = column(column);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups()
        .mapPartitions(part -> FlatLengths.read(part.next(), read, configuration.value().value()))
        .take(1)
        .stream()
        .findFirst();
  }

  /** Returns the different values of each of these columns. */
  List<ColumnTexts> texts(List<String> names) {
    List<FileColumn> read = names.stream().map(this::column).toList();
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return List.of(
        groups()
            .map(range -> ColumnTexts.read(range, read, configuration.value().value()))
            .treeReduce(ColumnTexts::plus));
  }

  /** Returns whether a column is read. */
  boolean reads(String column) {
    return columns.read().stream().anyMatch(each -> each.name().equals(column));
  }

  private FileColumn column(String name) {
    return columns.read().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the examples in blocks, in the order of the rows; a task reads one or more of them. */
  JavaRDD<Examples> blocks(ParquetExampleReader examples) {
    FlatExampleReader reader = new FlatExampleReader(examples, columns);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return ranges(examples.blockSize())
        .mapPartitions(part -> reader.read(part.next(), configuration.value().value()));
  }

  /** Returns statistics of the training rows. */
  TableStatistics statistics(
      ParquetValues values, StatisticsRequest request, TrainingRows training) {
    FlatStatisticsReader reader = statisticsReader(values, request);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups()
        .map(range -> reader.read(range, training, configuration.value().value()))
        .treeReduce(TableStatistics::plus);
  }

  /** Returns the rows with their ids, in any pieces, for statistics; only if ids are a column. */
  JavaRDD<StatisticsRows> statisticsRows(ParquetValues values, StatisticsRequest request) {
    FlatStatisticsReader reader = statisticsReader(values, request);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups().mapPartitions(part -> reader.rows(part.next(), configuration.value().value()));
  }

  private FlatStatisticsReader statisticsReader(ParquetValues values, StatisticsRequest request) {
    return new FlatStatisticsReader(
        values, columns.ofStatistics(values.columns().schema(), request), request);
  }

  /**
   * Returns the ids of the rows, in any pieces; only if they are a column.
   *
   * @param missing refuses a row without an id
   */
  JavaRDD<IdArray> ids(MissingId missing) {
    FileColumn id = column(missing.column());
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return groups()
        .mapPartitions(
            part -> FlatIds.read(part.next(), id, missing, configuration.value().value()));
  }

  /**
   * Returns the same blocks, in more partitions if there are so few row groups that cores would
   * have nothing to do with the examples.
   */
  JavaRDD<Examples> spread(JavaRDD<Examples> read, int blockSize) {
    int blocks = Math.toIntExact((count() + blockSize - 1) / blockSize);
    if (read.getNumPartitions() >= Math.min(blocks, spark.defaultParallelism())) {
      return read;
    }
    return BucketShuffle.of(
            read.mapToPair(block -> new Tuple2<>((int) (block.ids()[0] / blockSize), block)),
            blocks)
        .flatMap(block -> block.slices().iterator());
  }

  /** Returns ranges of whole row groups, for what does not depend on the division into blocks. */
  private JavaRDD<RowRange> groups() {
    return ranges(1, groupRows(count(), spark.defaultParallelism()));
  }

  /** Returns the number of rows that a range of whole row groups has at least. */
  static long groupRows(long count, long cores) {
    long most =
        Math.max(
            TASK_BLOCKS * (long) RowRangeReader.MAX_ROWS, count / (MOST_TASKS_OF_A_CORE * cores));
    return Math.min(most, fair(count, cores));
  }

  private JavaRDD<RowRange> ranges(int blockSize) {
    // Only the number of tasks depends on the cluster; blocks are the same.
    return ranges(
        blockSize,
        Math.min(TASK_BLOCKS * (long) blockSize, fair(count(), spark.defaultParallelism())));
  }

  private static long fair(long count, long cores) {
    return Math.max(1, count / (TASKS_OF_A_CORE * cores));
  }

  private JavaRDD<RowRange> ranges(int blockSize, long least) {
    List<RowRange> ranges = RowRange.divide(layouts.files(), blockSize, least);
    return ranges.isEmpty() ? spark.emptyRDD() : spark.parallelize(ranges, ranges.size());
  }
}
