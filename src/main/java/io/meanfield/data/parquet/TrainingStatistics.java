package io.meanfield.data.parquet;

import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes the statistics of the training rows of a table; driver only. */
record TrainingStatistics(
    ParquetValues values, Dataset<Row> frame, TrainingShare share, PreprocessingSettings settings) {

  /**
   * Returns the statistics.
   *
   * @param count the number of rows, of which some are training rows
   */
  TableStatistics of(TableIds ids, long count) {
    return ids.order().isPresent() ? ofRanks(ids, count) : ofPositions(ids.rows(), count);
  }

  private StatisticsRequest request() {
    int categorical = values.columns().schema().categorical().size();
    return StatisticsRequest.of(values.rules(), categorical, settings);
  }

  private TableStatistics ofPositions(ParquetIds ids, long count) {
    TrainingRows training = TrainingRows.of(ids.assigner().positions(), count, share);
    return ofFrame(new ParquetStatistics(values, request(), ids, training));
  }

  private TableStatistics ofFrame(ParquetStatistics reader) {
    return values
        .columns()
        .select(frame)
        .javaRDD()
        .mapPartitions(rows -> List.of(reader.of(rows)).iterator())
        .treeReduce(TableStatistics::plus);
  }

  private TableStatistics ofRanks(TableIds ids, long count) {
    return new RankedStatistics(
            ids.firstIds(RankedStatistics.RANGE, count),
            request(),
            TrainingRows.of(new IdIndex.Identity(), count, share))
        .of(rows(ids.rows().assigner()));
  }

  private JavaRDD<StatisticsRows> rows(IdAssigner assigner) {
    ParquetValues read = values; // a lambda that travels must not capture the table
    StatisticsRequest request = request();
    return values
        .columns()
        .select(frame)
        .javaRDD()
        .mapPartitions(part -> ParquetStatistics.rows(read, request, assigner, part));
  }
}
