package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * Refuses rows without an id; travels to the executors that read the ids.
 *
 * @param column the column of the ids
 * @param display the name of the table in messages
 */
@DefaultSerializer(JavaSerializer.class)
record MissingId(String column, String display) implements Serializable {
  /** Returns a row whose only value is an id; throws if it has none. */
  Row required(Row id) {
    requireUnless(id.isNullAt(0));
    return id;
  }

  /** Throws unless each of the first rows has an id. */
  void require(ColumnValues ids, int rows) {
    for (int row = 0; row < rows; row++) {
      requireUnless(ids.isMissing(row));
    }
  }

  private void requireUnless(boolean isMissing) {
    if (isMissing) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display + " has rows without an id in column " + column + ", expected one in each");
    }
  }
}
