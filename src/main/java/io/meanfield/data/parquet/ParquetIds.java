package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.IdAssigner;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
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
  /** The end of a message about rows that changed between two readings. */
  static final String SAME_ROWS =
      "expected the same rows each time; maybe another program changed them, or a query depends on"
          + " the time or on the order of rows (LIMIT): store its result in a table";

  /**
   * Returns the id of a row.
   *
   * @throws UserException if the data set does not have a row at this position
   */
  long of(Row row) {
    return columns.schema().id().isEmpty() || assigner instanceof IdAssigner.Positional
        ? position(row)
        : assigner.of(columns.id(row), 0);
  }

  private long position(Row row) {
    long position = starts.get(columns.file(row)) + columns.rowInFile(row);
    if (assigner.positions().of(position) < 0) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          "the row at position "
              + position
              + " was not there when the rows were counted; "
              + SAME_ROWS);
    }
    return position;
  }
}
