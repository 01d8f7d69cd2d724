package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
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
    if (id.isNullAt(0)) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display + " has rows without an id in column " + column + ", expected one in each");
    }
    return id;
  }
}
