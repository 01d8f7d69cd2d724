package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.IdAssigner;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * The ids of rows.
 *
 * @param starts the position of the first row of each file, by path
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetIds(ParquetColumns columns, IdAssigner assigner, Map<String, Long> starts)
    implements Serializable {
  long of(Row row) {
    return assigner.of(columns.id(row), starts.get(columns.file(row)) + columns.rowInFile(row));
  }
}
