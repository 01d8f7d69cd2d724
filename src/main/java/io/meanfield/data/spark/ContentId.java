package io.meanfield.data.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The id of a row as a function of its content, because the rows of a table have no order: {@value
 * #HASH_BITS} bits of the hash of all columns, then the number of the row among those with the same
 * {@value #HASH_BITS} bits. Rows with equal bits and different content are numbered in the order of
 * the whole hash. Which of several equal rows gets which number makes no difference. So the ids
 * depend on the set of rows alone.
 *
 * @param column the name of the column of ids, which the table does not have
 * @param hashed the columns that the hash is of, in the order of their names
 * @param display the name of the rows in messages
 */
record ContentId(String column, List<String> hashed, String display) {
  static final int HASH_BITS = 40;
  private static final int NUMBER_BITS = Long.SIZE - 1 - HASH_BITS;
  private static final String NAME = "content_id";
  private static final String HASH = "hash";
  private static final String NUMBER = "number";

  /**
   * Returns the ids of the rows of a frame.
   *
   * @throws UserException if a column has a type without a hash
   */
  static ContentId of(Dataset<Row> frame, String display) {
    List<String> columns = Arrays.stream(frame.columns()).sorted().toList();
    Arrays.stream(frame.schema().fields())
        .filter(field -> !ContentBytes.accepts(field.dataType()))
        .findFirst()
        .ifPresent(
            field -> {
              throw new UserException(
                  ErrorCode.WRONG_SETTINGS,
                  display
                      + " has "
                      + field.dataType().simpleString()
                      + " in column "
                      + field.name()
                      + ", which cannot be part of an id that is made of the content of a row; set"
                      + " data.columns.id, or leave the column out with a query");
            });
    return new ContentId(unused(NAME, columns), columns, display);
  }

  private static String unused(String name, List<String> columns) {
    String unused = name;
    while (columns.contains(unused)) {
      unused = "_" + unused;
    }
    return unused;
  }

  /** Returns the frame with the ids in another column. */
  Dataset<Row> addTo(Dataset<Row> frame) {
    String hash = unused(HASH, hashed);
    String number = unused(NUMBER, hashed);
    Dataset<Row> withHash = frame.withColumn(hash, hash(frame));
    Column sameBits = functions.substring(functions.col(hash), 1, HASH_BITS / Byte.SIZE);
    Column numbers =
        functions
            .row_number()
            .over(Window.partitionBy(sameBits).orderBy(functions.col(hash)))
            .minus(1);
    UDF2<byte[], Integer, Long> id = new Numbered(display)::id;
    return withHash
        .withColumn(number, numbers)
        .withColumn(
            column,
            functions
                .udf(id, DataTypes.LongType)
                .asNonNullable()
                .apply(functions.col(hash), functions.col(number)))
        .drop(hash, number);
  }

  private Column hash(Dataset<Row> frame) {
    Column[] columns = hashed.stream().map(ColumnNames::named).toArray(Column[]::new);
    RowHash hash = new RowHash(frame.select(columns).schema());
    return functions
        .udf(hash, DataTypes.BinaryType)
        .asNonNullable()
        .apply(functions.struct(columns));
  }

  /** Composes ids; travels to executors. */
  @DefaultSerializer(JavaSerializer.class)
  private record Numbered(String display) implements Serializable {
    long id(byte[] hash, int number) {
      if (number >= 1 << NUMBER_BITS) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            display
                + " has more than "
                + (1 << NUMBER_BITS)
                + " equal rows, which have no ids of their own; set data.columns.id");
      }
      long bits = 0;
      for (int i = 0; i < HASH_BITS / Byte.SIZE; i++) {
        bits = bits << Byte.SIZE | Byte.toUnsignedLong(hash[i]);
      }
      return bits << NUMBER_BITS | number;
    }
  }
}
