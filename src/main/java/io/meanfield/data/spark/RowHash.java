package io.meanfield.data.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The first {@value #BYTES} bytes of the SHA-256 of a row: of the names of its columns and of their
 * values. It does not depend on the versions of Spark and Java, nor on the time zone of the
 * session; travels to executors.
 *
 * @param schema the columns, in the order in which they are hashed
 */
@DefaultSerializer(JavaSerializer.class)
record RowHash(StructType schema) implements UDF1<Row, byte[]>, Serializable {
  private static final int BYTES = 16;

  @Override
  public byte[] call(Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      for (int i = 0; i < schema.fields().length; i++) {
        StructField field = schema.fields()[i];
        ContentBytes.writeText(field.name(), out);
        ContentBytes.write(row, i, field.dataType(), out);
      }
    } catch (IOException impossible) { // the bytes are in memory
      throw new UncheckedIOException(impossible);
    }
    return Arrays.copyOf(sha256().digest(bytes.toByteArray()), BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
