package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Row;

/** Reads the statistics of the training rows of Parquet files; travels to executors. */
@DefaultSerializer(JavaSerializer.class)
record ParquetStatistics(
    ParquetValues values, StatisticsRequest request, ParquetIds ids, TrainingRows training)
    implements Serializable {

  /** Reads some rows, whose other columns are not checked. */
  TableStatistics of(Iterator<Row> rows) {
    TableStatistics statistics = request.start();
    LongPredicate isTraining = training.ids();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (isTraining.test(ids.of(row))) {
        statistics.add(view(values, row));
      }
    }
    return statistics;
  }

  /** Returns rows with their ids, in pieces, in the order of the iterator. */
  static Iterator<StatisticsRows> rows(
      ParquetValues values, StatisticsRequest request, IdAssigner assigner, Iterator<Row> rows) {
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
        return piece(values, request, assigner, rows);
      }
    };
  }

  private static StatisticsRows piece(
      ParquetValues values, StatisticsRequest request, IdAssigner assigner, Iterator<Row> rows) {
    StatisticsRows.Builder builder = new StatisticsRows.Builder(request);
    List<String> ids = new ArrayList<>();
    while (!builder.isFull() && rows.hasNext()) {
      Row row = rows.next();
      ids.add(values.columns().id(row));
      builder.add(view(values, row));
    }
    return builder.build(
        assigner.hasExternalIds()
            ? new IdArray.Names(ids.toArray(String[]::new))
            : new IdArray.Numbers(ids.stream().mapToLong(Long::parseLong).toArray()));
  }

  private static TableRow view(ParquetValues values, Row row) {
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
