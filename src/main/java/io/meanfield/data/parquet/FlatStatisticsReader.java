package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads statistics of ranges of rows, column by column; travels to executors. */
@DefaultSerializer(JavaSerializer.class)
record FlatStatisticsReader(ParquetValues values, FlatColumns columns, StatisticsRequest request)
    implements Serializable {

  /** Reads the statistics of the training rows of a range, whose other columns are not checked. */
  TableStatistics read(RowRange range, TrainingRows training, Configuration hadoop) {
    TableStatistics statistics = request.start();
    FlatRows rows = FlatRows.open(range, columns, values, hadoop);
    int[] selected = new int[RowRangeReader.MAX_ROWS];
    double[] numbers = new double[RowRangeReader.MAX_ROWS];
    while (rows.hasNext()) {
      rows.next(RowRangeReader.MAX_ROWS);
      int count = training.select(rows.position(0), rows.count(), selected);
      addNumbers(rows, selected, count, numbers, statistics);
      for (int i = 0; i < count; i++) {
        rows.select(selected[i]);
        statistics.addCategories(rows);
      }
    }
    return statistics;
  }

  // Column by column: what is known of a column stays in the cache of the processor.
  private void addNumbers(
      FlatRows rows, int[] selected, int count, double[] numbers, TableStatistics statistics) {
    for (int i = 0; i < request.rules().features().size(); i++) {
      if (statistics.needsNumbers(i)) {
        if (!rows.copyFeature(i, selected, count, numbers)) {
          throw firstInvalid(rows, selected, count, statistics);
        }
        statistics.addNumbers(i, numbers, count);
      }
    }
  }

  /** Finds the first row with an invalid number, which is the one to report. */
  private InvalidRowException firstInvalid(
      FlatRows rows, int[] selected, int count, TableStatistics statistics) {
    try {
      for (int row = 0; row < count; row++) {
        rows.select(selected[row]);
        statistics.add(rows);
      }
    } catch (InvalidRowException e) {
      return e;
    }
    throw new IllegalStateException("all numbers are valid");
  }

  /** Reads the rows of a range with their ids. */
  Iterator<StatisticsRows> rows(RowRange range, Configuration hadoop) {
    FlatRows rows = FlatRows.open(range, columns, values, hadoop);
    StatisticsRows.Builder builder = new StatisticsRows.Builder(request);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public StatisticsRows next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        rows.next(StatisticsRows.MAX_ROWS);
        for (int row = 0; row < rows.count(); row++) {
          rows.select(row);
          builder.add(rows);
        }
        return builder.build(rows.ids());
      }
    };
  }
}
