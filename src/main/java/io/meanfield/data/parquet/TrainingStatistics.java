package io.meanfield.data.parquet;

import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes the statistics of the training rows of a table; driver only.
 *
 * @param flat reads the rows of the frame into arrays; empty if only Spark can read them
 * @param origin the day from which the days of a time count, in days since 1970-01-01
 */
record TrainingStatistics(
    ParquetValues values,
    Dataset<Row> frame,
    Optional<FlatTable> flat,
    TrainingShare share,
    long origin) {

  /**
   * Returns the statistics.
   *
   * @param count the number of rows, of which some are training rows
   */
  TableStatistics of(TableIds ids, long count) {
    return ids.order().isPresent() ? ofRanks(ids, count) : ofPositions(ids.rows(), count);
  }

  private TableStatistics ofPositions(ParquetIds ids, long count) {
    TrainingRows training = TrainingRows.of(ids.assigner().positions(), count, share);
    return flat.map(table -> table.statistics(values, training, origin))
        .orElseGet(() -> ofFrame(new ParquetStatistics(values, ids, training, origin)));
  }

  private TableStatistics ofFrame(ParquetStatistics reader) {
    return values
        .columns()
        .select(frame)
        .javaRDD()
        .mapPartitions(rows -> List.of(reader.of(rows)).iterator())
        .reduce(TableStatistics::plus);
  }

  private TableStatistics ofRanks(TableIds ids, long count) {
    return new RankedStatistics(
            ids.firstIds(RankedStatistics.RANGE, count),
            values.rules(),
            values.columns().schema().categorical().size(),
            TrainingRows.of(new IdIndex.Identity(), count, share),
            origin)
        .of(rows(ids.rows().assigner()));
  }

  private JavaRDD<StatisticsRows> rows(IdAssigner assigner) {
    ParquetValues read = values; // a lambda that travels must not capture the table
    return flat.map(table -> table.statisticsRows(values))
        .orElseGet(
            () ->
                values
                    .columns()
                    .select(frame)
                    .javaRDD()
                    .mapPartitions(part -> ParquetStatistics.rows(read, assigner, part)));
  }
}
