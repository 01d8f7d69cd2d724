package io.meanfield.data.frame.packed;

import io.meanfield.data.column.ValueType;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import scala.collection.Seq;

/** How the values of a selected column are stored. */
public enum ColumnKind {
  FLOAT,
  DOUBLE,
  /** Microseconds that are read as seconds. */
  MICROS,
  LONG,
  TEXT,
  FLOATS,
  DOUBLES,
  BYTES,
  /** A value of Java that is not packed. */
  OBJECT;

  private static final double MICROS_PER_SECOND = 1e6;

  /** Returns the kinds of the columns that {@code FrameColumns} selects. */
  public static ColumnKind[] of(StructType selected) {
    return Arrays.stream(selected.fields())
        .map(field -> of(field.dataType()))
        .toArray(ColumnKind[]::new);
  }

  private static ColumnKind of(DataType type) {
    if (type instanceof StringType) {
      return TEXT;
    }
    if (type instanceof ArrayType array) {
      return array.elementType() instanceof FloatType ? FLOATS : DOUBLES;
    }
    if (type instanceof BinaryType) {
      return BYTES;
    }
    if (type instanceof TimestampNTZType) {
      return MICROS;
    }
    if (type instanceof LongType) {
      return LONG;
    }
    return type instanceof FloatType ? FLOAT : DOUBLE;
  }

  /** Returns whether a value is one number that needs no parsing. */
  boolean isNumber() {
    return this == FLOAT || this == DOUBLE || this == MICROS;
  }

  /** Returns the bits of a number of 64 bits. */
  long bits(InternalRow row, int column) {
    return switch (this) {
      case DOUBLE -> Double.doubleToRawLongBits(row.getDouble(column));
      case MICROS -> Double.doubleToRawLongBits(row.getLong(column) / MICROS_PER_SECOND);
      case LONG -> row.getLong(column);
      default -> throw new IllegalStateException(name());
    };
  }

  /** Returns the bytes of a value that is no single number. */
  byte[] bytes(InternalRow row, int column) {
    return switch (this) {
      case TEXT -> row.getUTF8String(column).getBytes();
      case BYTES -> row.getBinary(column);
      case FLOATS, DOUBLES -> floats(row.getArray(column));
      default -> throw new IllegalStateException(name());
    };
  }

  private byte[] floats(ArrayData array) {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(array.numElements(), Float.BYTES));
    for (int i = 0; i < array.numElements(); i++) {
      float present = array.isNullAt(i) ? Float.NaN : number(array, i);
      out.putFloat(present);
    }
    return out.array();
  }

  private float number(ArrayData array, int i) {
    return this == FLOATS ? array.getFloat(i) : (float) array.getDouble(i);
  }

  /** Returns the value of {@link #bytes} if it is no text: bytes or an array of floats. */
  Object value(byte[] bytes) {
    return switch (this) {
      case BYTES -> bytes;
      case FLOATS, DOUBLES -> {
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
        yield numbers;
      }
      default -> throw new IllegalStateException(name());
    };
  }

  /** Returns a value that is present as a number, a string, bytes or an array of floats. */
  static Object object(Object value) {
    // Most values are texts; whether an object has the type of an interface takes longer to find.
    if (value instanceof String || value instanceof byte[] || value instanceof Long) {
      return value;
    }
    if (value instanceof Vector vector) {
      return floats(Arrays.stream(vector.toArray()).boxed().toList());
    }
    return value instanceof Seq
        ? floats(RowFactory.create(value).getList(0))
        : (Object) number(value);
  }

  private static float[] floats(List<?> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) number(values.get(i));
    }
    return floats;
  }

  private static double number(Object value) {
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (value instanceof LocalDateTime time) {
      return ValueType.seconds(time.toInstant(ZoneOffset.UTC));
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
