package io.meanfield.data.spark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Writes values as bytes from which they could be read again, so that different rows have different
 * bytes. A whole number has the same bytes in every integer type, and a fraction in float and
 * double.
 */
final class ContentBytes {
  private ContentBytes() {}

  /** Returns whether values of a type can be written. */
  static boolean accepts(DataType type) {
    if (type instanceof ArrayType array) {
      return accepts(array.elementType());
    }
    if (type instanceof StructType struct) {
      return List.of(struct.fields()).stream().allMatch(field -> accepts(field.dataType()));
    }
    return type instanceof NumericType
        || type instanceof StringType
        || type instanceof BooleanType
        || type instanceof BinaryType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type.equals(SQLDataTypes.VectorType());
  }

  /** Writes the value in column {@code i}. */
  static void write(Row row, int i, DataType type, DataOutputStream out) throws IOException {
    if (row.isNullAt(i)) {
      out.writeByte('0');
    } else if (type instanceof ArrayType array) {
      writeAll(row.getList(i), array.elementType(), out);
    } else if (type instanceof StructType struct) {
      writeStruct(row.getStruct(i), struct, out);
    } else {
      writeAtom(row.get(i), out);
    }
  }

  private static void writeAll(List<Object> elements, DataType type, DataOutputStream out)
      throws IOException {
    out.writeByte('A');
    out.writeInt(elements.size());
    for (Object element : elements) {
      write(RowFactory.create(element), 0, type, out);
    }
  }

  private static void writeStruct(Row struct, StructType type, DataOutputStream out)
      throws IOException {
    out.writeByte('S');
    out.writeInt(struct.size());
    for (int i = 0; i < struct.size(); i++) {
      write(struct, i, type.fields()[i].dataType(), out);
    }
  }

  private static void writeAtom(Object value, DataOutputStream out) throws IOException {
    if (value instanceof Number number) {
      writeNumber(number, out);
    } else if (value instanceof String text) {
      out.writeByte('T');
      writeText(text, out);
    } else if (value instanceof Boolean bool) {
      out.writeByte(bool ? 'Y' : 'N');
    } else if (value instanceof byte[] bytes) {
      out.writeByte('B');
      out.writeInt(bytes.length);
      out.write(bytes);
    } else if (value instanceof Vector vector) {
      writeVector(vector, out);
    } else {
      writeTime(value, out);
    }
  }

  private static void writeNumber(Number number, DataOutputStream out) throws IOException {
    if (number instanceof BigDecimal decimal) {
      out.writeByte('P');
      writeText(decimal.stripTrailingZeros().toString(), out);
    } else if (number instanceof Double || number instanceof Float) {
      out.writeByte('D');
      out.writeLong(Double.doubleToLongBits(number.doubleValue()));
    } else {
      out.writeByte('I');
      out.writeLong(number.longValue());
    }
  }

  private static void writeVector(Vector vector, DataOutputStream out) throws IOException {
    out.writeByte('V');
    out.writeInt(vector.size());
    for (double number : vector.toArray()) {
      out.writeLong(Double.doubleToLongBits(number));
    }
  }

  // Spark has two classes for a time, of which spark.sql.datetime.java8API.enabled selects one.
  private static void writeTime(Object value, DataOutputStream out) throws IOException {
    if (value instanceof Date date) {
      writeTime(date.toLocalDate(), out);
    } else if (value instanceof LocalDate date) {
      out.writeByte('J');
      out.writeLong(date.toEpochDay());
    } else if (value instanceof Timestamp time) {
      writeTime(time.toInstant(), out);
    } else if (value instanceof Instant time) {
      writeInstant('Z', time, out);
    } else if (value instanceof LocalDateTime time) {
      writeInstant('L', time.toInstant(ZoneOffset.UTC), out);
    } else {
      throw new IllegalArgumentException("no bytes for a value of " + value.getClass());
    }
  }

  private static void writeInstant(char tag, Instant time, DataOutputStream out)
      throws IOException {
    out.writeByte(tag);
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  /** Writes a text with its length. */
  static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
