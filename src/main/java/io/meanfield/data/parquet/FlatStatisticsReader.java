package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import org.apache.hadoop.conf.Configuration;

/** Reads statistics of ranges of rows, column by column; travels to executors. */
@DefaultSerializer(JavaSerializer.class)
record FlatStatisticsReader(ParquetValues values, FlatColumns columns) implements Serializable {

  /** Reads the statistics of the training rows of a range, whose other columns are not checked. */
  TableStatistics read(RowRange range, TrainingRows training, long origin, Configuration hadoop) {
    int categorical = values.columns().schema().categorical().size();
    TableStatistics statistics = new TableStatistics(values.rules(), categorical, origin);
    LongPredicate isTraining = training.ids();
    FlatRows rows = FlatRows.open(range, columns, values, hadoop);
    while (rows.hasNext()) {
      rows.next(RowRangeReader.MAX_ROWS);
      for (int row = 0; row < rows.count(); row++) {
        rows.select(row);
        if (isTraining.test(rows.position())) {
          statistics.add(rows);
        }
      }
    }
    return statistics;
  }

  /** Reads the rows of a range with their ids. */
  Iterator<StatisticsRows> rows(RowRange range, Configuration hadoop) {
    int categorical = values.columns().schema().categorical().size();
    FlatRows rows = FlatRows.open(range, columns, values, hadoop);
    StatisticsRows.Builder builder = new StatisticsRows.Builder(values.rules(), categorical);
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
