package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.LongPredicate;
import org.apache.hadoop.conf.Configuration;

/** Reads the statistics of the training rows of CSV files; travels to executors. */
@DefaultSerializer(JavaSerializer.class)
record CsvStatistics(
    TableSchema schema, StatisticsRequest request, IdAssigner ids, TrainingRows training)
    implements Serializable {

  /** Reads one file, whose rows have been checked. */
  TableStatistics of(CsvBlockReader.Part part, Configuration hadoop) {
    return part.file().read(hadoop, records -> of(part, records));
  }

  private TableStatistics of(CsvBlockReader.Part part, CsvParser records) throws IOException {
    String display = part.file().display();
    CsvColumns row =
        new CsvColumns(schema, request.rules(), CsvFile.header(records, display), records, display);
    TableStatistics statistics = request.start();
    LongPredicate isTraining = training.ids();
    long position = part.first();
    while (records.advance()) {
      long current = position++;
      if (!part.isSkipped(current) && isTraining.test(ids.of(id(row), current))) {
        statistics.add(row);
      }
    }
    return statistics;
  }

  private String id(CsvColumns row) {
    return schema.id().isEmpty() ? "" : row.id();
  }
}
