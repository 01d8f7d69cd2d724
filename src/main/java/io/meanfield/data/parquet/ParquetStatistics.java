package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Row;

/**
 * Reads the statistics of the training rows of Parquet files; travels to the executors that read
 * them.
 *
 * @param origin the day from which the days of a time count, in days since 1970-01-01
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetStatistics(ParquetValues values, ParquetIds ids, TrainingRows training, long origin)
    implements Serializable {

  /** Reads some rows, whose other columns are not checked. */
  TableStatistics of(Iterator<Row> rows) {
    int categorical = values.columns().schema().categorical().size();
    TableStatistics statistics = new TableStatistics(values.rules(), categorical, origin);
    LongPredicate isTraining = training.ids();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (isTraining.test(ids.of(row))) {
        statistics.add(view(row));
      }
    }
    return statistics;
  }

  private TableRow view(Row row) {
    return new TableRow() {
      @Override
      public double feature(int i) {
        return values.feature(row, i);
      }

      @Override
      public String category(int i) {
        return values.category(row, i);
      }
    };
  }
}
